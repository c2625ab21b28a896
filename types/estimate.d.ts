// Requests and results of the calculator.
// Made of generator/mingbai/schema/estimate.schema.json by `python -m tests.estimate_types`.

/** 2016-03-01 */
export type Day = string;

/** yuan with two decimals */
export type Yuan = string;

/** A range of yuan: it contains the value of every way in which the unknown could turn out */
export interface Amount {
  low: Yuan;
  high: Yuan | null; // null: no upper bound is known
}

/** A part of a bill */
export interface Item {
  category: string;
  amount: string | number;
}

/** Amounts are yuan with at most two decimals; a list of diagnoses, or of the items of a bill */
export type FactValue = string | number | boolean | (string | Item)[];

/** By fact; one that is left out is unknown, not false */
export type Facts = Record<string, FactValue>;

/** Policy numbers that the sources do not print, by PLACE/POLICY.NAME */
export type Inputs = Record<string, string | number>;

/** One stay of a year: its day, and the facts of the visit */
export type VisitRequest = {
  date: Day;
  [name: string]: FactValue;
};

/** Lines of a settlement slip on paper, by code */
export type Paper = Record<string, string | number>;

/** What is asked about one person */
export interface EstimateRequest {
  place: string;
  date?: Day; // may be left out where there are visits
  facts?: Facts;
  visits?: VisitRequest[]; // a year's stays in place of a bill among the facts
  inputs?: Inputs;
  lang?: string;
  compare?: boolean; // settle the bill at each level of hospital too
  paper?: Paper;
}

/** One member of a household */
export interface MemberRequest {
  id?: string | number; // its number in the list where it is left out
  facts?: Facts;
  visits?: VisitRequest[];
}

/** What is asked about a household */
export interface HouseholdRequest {
  place: string;
  date: Day;
  members: MemberRequest[];
  shared?: Facts; // hold for each member who does not say otherwise
  inputs?: Inputs;
  lang?: string;
}

/** How the version stands on the day */
export type State = "announced" | "in_force" | "superseded" | "ended" | "unconfirmed";

/** Where it is written */
export interface Source {
  document: string;
  lines: number[]; // first and last line, or one
  certainty: "stated" | "inferred" | "garbled";
}

/** What one payer pays of a bill */
export interface Line {
  policy: string; // place/policy
  version: string;
  state: State;
  title: string;
  payer: string;
  settlement_code: string; // the field of the settlement slip
  amount: Amount;
  explanation: string;
  source: Source[];
  for_whom?: string; // for whom it is, in words, where no fact tells it
  distance?: {
    to: string;
    amount: Amount;
  }; // how far the next threshold is
  visit?: number; // of several stays: its number
}

/** how often */
export type Count = number | {
  low: number;
  high: number;
};

export interface Cash {
  policy: string; // place/policy
  version: string;
  state: State;
  title: string;
  unit: string; // who gets it: person, couple, household, child
  unit_amount: Amount | null;
  count: Count;
  amount: Amount | null; // what the unit gets per period; null where nothing at all can be said
  per: "once" | "month" | "term" | "year" | "stay";
  year_amount: Amount | null; // what falls due in the calendar year of the date
  explanation: string;
  source: Source[];
  fits?: false; // the person is outside of whom it is meant for (ours, no law); left out otherwise
  for_whom?: string; // for whom it is, in words, where no fact tells it
}

export interface Subsidy {
  policy: string; // place/policy
  version: string;
  state: State;
  title: string;
  amount: Amount | null;
  self_pays: Amount | null;
  explanation: string;
  source: Source[];
  fits?: false; // the person is outside of whom it is meant for (ours, no law); left out otherwise
  for_whom?: string; // for whom it is, in words, where no fact tells it
}

export interface Aid {
  policy: string; // place/policy
  version: string;
  state: State;
  title: string;
  because: string;
  fits?: false; // the person is outside of whom it is meant for (ours, no law); left out otherwise
  for_whom?: string; // for whom it is, in words, where no fact tells it
}

export interface Service {
  policy: string; // place/policy
  version: string;
  state: State;
  title: string;
  fits?: false; // the person is outside of whom it is meant for (ours, no law); left out otherwise
  for_whom?: string; // for whom it is, in words, where no fact tells it
}

export interface Status {
  policy: string; // place/policy
  version: string;
  state: State;
  title: string;
  holds: boolean | null;
  because: string;
  for_whom?: string; // for whom it is, in words, where no fact tells it
}

export interface Undecided {
  policy: string; // place/policy
  version: string;
  state: State;
  title: string;
  needs: string[]; // facts
  up_to: Amount | null;
  fits?: false; // the person is outside of whom it is meant for (ours, no law); left out otherwise
  for_whom?: string; // for whom it is, in words, where no fact tells it
  because?: string;
}

export interface NotEligible {
  policy: string; // place/policy
  version: string;
  state: State;
  title: string;
  because: string;
  would_need: string[];
  for_whom?: string; // for whom it is, in words, where no fact tells it
  near?: true; // only a little is missing
}

export interface Need {
  fact: string;
  affects: "bill" | "cash" | "services" | "statuses";
}

export interface MissingNumber {
  input: string; // PLACE/POLICY.NAME
  policy: string;
  asks: string;
  low: string;
  high: string | null;
  certain?: string[]; // what the source does say of the number for this person, in sentences
}

/** A fact or number that was given and changes nothing */
export interface NotUsed {
  fact: string; // a fact, or a number PLACE/POLICY.NAME
  because: string;
}

/** The settlement slip's own fields */
export interface Slip {
  inscp_scp_amt: Amount;
  preselfpay_amt?: Amount; // paid by the person first; only where a rule takes something off before anybody pays
  act_pay_dedc: Amount;
  hifp_pay: Amount;
  hifmi_pay: Amount;
  maf_pay: Amount;
  hosp_part_amt: Amount;
  oth_pay: Amount;
  psn_part_amt: Amount;
}

/** One whole settlement, every amount exact */
export interface Settlement {
  self_pays: Amount;
  lines: Line[];
  slip: Slip;
}

/** What one of several stays comes to */
export interface VisitResult {
  date: Day;
  total_cost: Amount | null;
  eligible_cost: Amount | null;
  self_pays: Amount | null;
  self_pays_is: "final" | "before_insurance";
  bounds: "exact" | "outer"; // exact: the hull of self_pays is the tightest one; outer: it may be wider, never narrower
  slip: Slip | null;
  at_low?: Settlement | null; // the whole settlement at the lower end of self_pays; left out where the result is exact; null where no rule settles that end
  at_high?: Settlement | null;
}

/** The same bill at one level of hospital */
export interface ComparedLevel {
  hospital_level: string;
  name: string;
  given: boolean;
  self_pays: Amount | null;
}

export interface PaperLine {
  code: string;
  ours: Amount;
  paper: Yuan;
  agrees: boolean;
  by: Yuan;
  more: boolean; // the paper says more than the estimate
}

/** One answer given otherwise */
export interface PaperChange {
  fact: string; // a fact, or date
  name: string;
  value: FactValue;
  option: string;
}

export interface PaperExplanation {
  changes: PaperChange[];
  lines: string[]; // the lines that would agree with it
  all: boolean;
}

/** A slip on paper beside the estimate */
export interface PaperCheck {
  lines: PaperLine[];
  agrees: boolean;
  adds_up: boolean | null;
  would_agree: PaperExplanation[];
}

/** How far the rules that were used hold for the day asked about */
export interface Valid {
  state: "before_any_document" | "unconfirmed" | "in_force"; // that on the date, the weakest of the versions used
  confirmed_until: Day | null; // null: no text vouches for a last day
  certainty: "stated" | "inferred" | "not_stated"; // how sure that day is
  say: string; // the sentence that stands beside the answer
}

/** What a person pays and gets */
export interface EstimateResult {
  place: string;
  date: Day;
  revision: string; // hash of the compiled policies
  engine: string; // version of the calculator
  total_cost: Amount | null;
  eligible_cost: Amount | null;
  self_pays: Amount | null;
  self_pays_is: "final" | "before_insurance";
  bounds: "exact" | "outer"; // exact: the hull of self_pays is the tightest one; outer: it may be wider, never narrower
  lines: Line[]; // what each payer pays, in the order of paying
  cash: Cash[]; // money that is paid out, no bill needed
  subsidies: Subsidy[]; // premium subsidies
  may_also_help: Aid[]; // aid at an office's discretion, or whose amount is not printed; never in an amount
  services: Service[]; // free services, rights and goods
  statuses: Status[]; // what an eligibility test says
  undecided: Undecided[]; // policies for which a fact about the person is missing
  not_eligible: NotEligible[]; // policies of this place that do not apply
  needs: Need[]; // facts not given that could change the result, the most decisive for the bill first
  missing: MissingNumber[]; // policy numbers that were not given
  slip: Slip | null;
  assumptions: string[]; // the readings used, and what was taken for what was left out
  not_used: NotUsed[]; // facts that were given and that no rule reads on this day, or that something else given overrules
  valid: Valid;
  at_low?: Settlement | null; // the whole settlement at the lower end of self_pays; left out where the result is exact; null where no rule settles that end
  at_high?: Settlement | null;
  visits?: VisitResult[]; // of a year's stays each by itself
  compare?: ComparedLevel[];
  paper?: PaperCheck | null;
}

/** The result of one member of a household */
export interface MemberResult {
  id: string;
  place: string;
  date: Day;
  revision: string; // hash of the compiled policies
  engine: string; // version of the calculator
  total_cost: Amount | null;
  eligible_cost: Amount | null;
  self_pays: Amount | null;
  self_pays_is: "final" | "before_insurance";
  bounds: "exact" | "outer"; // exact: the hull of self_pays is the tightest one; outer: it may be wider, never narrower
  lines: Line[]; // what each payer pays, in the order of paying
  cash: Cash[]; // money that is paid out, no bill needed
  subsidies: Subsidy[]; // premium subsidies
  may_also_help: Aid[]; // aid at an office's discretion, or whose amount is not printed; never in an amount
  services: Service[]; // free services, rights and goods
  statuses: Status[]; // what an eligibility test says
  undecided: Undecided[]; // policies for which a fact about the person is missing
  not_eligible: NotEligible[]; // policies of this place that do not apply
  needs: Need[]; // facts not given that could change the result, the most decisive for the bill first
  missing: MissingNumber[]; // policy numbers that were not given
  slip: Slip | null;
  assumptions: string[]; // the readings used, and what was taken for what was left out
  not_used: NotUsed[]; // facts that were given and that no rule reads on this day, or that something else given overrules
  valid: Valid;
  at_low?: Settlement | null; // the whole settlement at the lower end of self_pays; left out where the result is exact; null where no rule settles that end
  at_high?: Settlement | null;
  visits?: VisitResult[];
}

/** Sums over the members; null where one of the parts cannot be said */
export interface HouseholdTotals {
  total_cost: Amount | null;
  self_pays: Amount | null;
  cash: Amount | null;
  subsidies: Amount | null;
  undecided: Amount | null; // cash and subsidies that a missing fact still decides, from 0 on; in no other sum
}

export interface HouseholdResult {
  place: string;
  date: Day;
  revision: string; // hash of the compiled policies
  engine: string; // version of the calculator
  members: MemberResult[];
  totals: HouseholdTotals;
  valid: Valid;
}

/** What is wrong with a request, as the page gets it */
export interface EstimateFault {
  name: string; // the fact
  code: string;
  text: string; // a sentence
}
