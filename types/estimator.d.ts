// What the modules of the estimator hand to each other. At run time nothing of this is there.

import type {Config as EngineConfig, Engine} from "../calculator/web/engine/client.js";
import type {Result} from "../calculator/web/result/result.js";
import type {Definition, Rules} from "./reading";
import type {
  Amount, EstimateFault, EstimateRequest, EstimateResult, FactValue, HouseholdRequest, HouseholdResult, Inputs, VisitRequest,
} from "./estimate";

/** A text by language. */
export type Names = Record<string, string>;
/** The catalogue. any: a text, a list of texts, or a section with texts of its own; the catalogue says which. */
export type Texts = Record<string, any>;

export interface Fact {
  readonly type: "bool" | "choice" | "items" | "list" | "money" | "month" | "whole";
  readonly name: Names;
  readonly question: Names;
  readonly why: Names;
  readonly options: Record<string, Names>; // of `choice`, `list`, `items`
  readonly group: string;
  readonly default?: number | null;
  readonly may_not_know?: boolean;
  readonly gentle?: {readonly concern?: Names; readonly if_not?: string; readonly after?: string}; // asked last
}

export interface PolicyNumber {
  readonly unit: string;
  readonly question: Names;
}

export interface Version {
  readonly id: string;
  readonly title: Names;
  readonly summary: Names;
  readonly start: string | null;
  readonly confirmed_until?: string | null;
  readonly doubts?: number; // how many
  readonly numbers: Record<string, PolicyNumber>;
  readonly apply?: {readonly papers?: Names[]; readonly where?: Names; readonly steps?: Names[]};
}

/** A question of a place. */
export interface Ask {
  readonly fact: string;
  readonly bill?: boolean; // it belongs to a bill
  readonly finer?: boolean; // it only refines
  readonly first?: boolean;
  readonly shared?: boolean; // in a household it is asked once
  readonly options?: readonly string[];
}

export interface PlaceForm {
  readonly asks: readonly Ask[];
  readonly days: Array<[string, string]>;
  readonly changes: string[];
  readonly day: string;
  readonly day_matters?: boolean;
  readonly event: "stay" | "visit" | "school" | "none"; // what the bills are about
}

export interface Place {
  readonly id: string;
  readonly name: Names;
  readonly form: PlaceForm;
  readonly policies: Record<string, Version[]>;
  readonly asks_facts: string[];
  readonly ask: Names; // whom to ask today
  readonly names_office: boolean; // the text names the office
  readonly office: {readonly name: Names; readonly phone?: string; readonly address?: Names};
}

/** The rules of a place as the page needs them (`mingbai.bundle.estimator_bundle`). */
export interface Bundle {
  readonly revision: string;
  readonly facts: Record<string, Fact>;
  readonly terms: Record<"payers" | "states" | "certainty" | "groups", Record<string, Names>>;
  readonly places: Record<string, Place>;
  readonly sources?: Record<string, {readonly title: Names}>;
}

export interface Config extends EngineConfig {
  readonly lang: string;
  readonly revision: string;
  readonly bundle: string; // address of the rules of all places
  readonly places: string; // address of the folder with the rules of each
  readonly root: string; // address of the first page of the site
  readonly policy_url: string;
  readonly instead: Array<{readonly id: string; readonly lang: string; readonly dir: string}>;
}

export interface Page {
  readonly reading: {readonly rules: Rules; readonly facts: Record<string, Definition>}; // of typed texts
  readonly config: Config;
  readonly text: Texts;
  readonly lang: string;
  place: string;
  bundle: Bundle; // null until a place is open
  form: PlaceForm; // null until a place is open
  say(names: Names | null | undefined): string;
  day(iso: string): string;
}

/** Raw answers by name: values that were chosen, or a text that was typed. */
export type Raw = Record<string, string | string[]>;

export interface Labels {
  readonly label: string;
  readonly hint: string;
  readonly name: string;
}

export interface Field {
  readonly element: HTMLElement;
  readonly focus: HTMLElement;
  readonly label: string;
}

export interface FieldError {
  readonly name: string;
  readonly text: string;
}

/** An error with its place: a fault of a household has the index of a member, -1 for all of them. */
export interface MemberError extends FieldError {
  readonly member: number;
}

export interface Member {
  name: string;
  raw: Raw;
}

export interface Household {
  label: string;
  shared: Raw;
  members: Member[];
  open: number; // which member's tab
  kept: string; // the id under which it is saved
}

export type View = Result;
export type PersonResult = EstimateResult;
/** Changes of a request; a fact that is undefined is left out. */
export type Changes = Omit<Partial<EstimateRequest>, "facts" | "visits"> & {
  facts?: Record<string, FactValue | undefined>;
  visits?: Array<Record<string, FactValue | null | undefined>>;
};

/** What the forms inside a result hold. */
export interface ResultForms {
  paper?: Record<string, string>;
  stays?: Stay[];
}

export interface Stay {
  date?: string;
  total_cost?: string;
  hospital_level?: string;
}

/** What a result may ask of the page. */
export interface Actions {
  readonly ask: (fact: string) => unknown; // go to a question
  readonly again?: (inputs: Inputs) => unknown; // estimate with numbers of policies
  readonly inputs: Inputs; // those that were used
  readonly forms: ResultForms;
  readonly save: () => void;
  readonly request?: EstimateRequest;
  readonly estimate?: (changes: Changes) => Promise<EstimateResult>;
}

export interface Estimated<R> {
  readonly result?: R;
  readonly faults?: EstimateFault[];
}

/** What all modes of asking share (app/estimator.js). */
export interface App {
  readonly page: Page;
  readonly engine: Engine;
  readonly root: HTMLElement;
  answers: Raw;
  inputs: Inputs;
  resultForms: ResultForms; // what was typed into the forms inside the result
  household: Household | null;
  warmUp(): void;
  save(): void;
  estimate<Request extends EstimateRequest | HouseholdRequest>(
    request: Request, retry: () => unknown,
  ): Promise<Estimated<Request extends HouseholdRequest ? HouseholdResult : EstimateResult>>;
  estimateQuietly(request: EstimateRequest): Promise<EstimateResult | null>;
  showResult(
    request: EstimateRequest, result: EstimateResult,
    options: {ask: (fact: string) => unknown; again: () => unknown; below?: HTMLElement | null},
  ): void;
  actionsFor(request: EstimateRequest, ask: (fact: string) => unknown, again: () => unknown): Actions;
  hideResult(): void;
  outdateResult(): void; // an answer was changed since the result was worked out
  firstScreen(isFirst: boolean): void;
  reset(): void;
}

export type {Amount, EstimateFault, EstimateRequest, EstimateResult, FactValue, HouseholdRequest, HouseholdResult, Inputs, VisitRequest};
export type {Line, Settlement, PaperCheck, PaperLine, PaperExplanation, ComparedLevel, VisitResult, MemberResult, HouseholdTotals} from "./estimate";
export type {Cash, NotEligible, Undecided} from "./estimate";

import type {Source, State} from "./estimate";

/** What each entry of a result says of its policy. */
export interface Entry {
  readonly policy: string;
  readonly version: string;
  readonly state?: State;
  readonly title?: string;
  readonly source?: Source[];
  readonly fits?: false; // meant for others
}
export type Estimate = NonNullable<Actions["estimate"]>;
