// What the reader of typed texts works with (calculator/web/shared/reader.js). At run time nothing of this is there.

/** A unit: its name, its size in the smallest whole unit as a fraction, and how it is written (a pattern). */
export type Unit = readonly [name: string, times: number, per: number, pattern: string];

export interface MeasureRules {
  readonly units: readonly Unit[]; // the largest first
  readonly before?: string; // words that may stand before it
  readonly tenths?: boolean; // 3块5: a digit after a unit is tenths of it
  readonly elapsed?: boolean; // time that has passed: only full units count
}

export interface DateRules {
  readonly before: string;
  readonly after: string;
  readonly days: Readonly<Record<string, number>>; // 昨天: -1
  readonly months: Readonly<Record<string, number>>;
  readonly years: Readonly<Record<string, number>>;
  readonly day: ReadonlyArray<readonly [pattern: string, parts: string]>; // ymd: year, month, day; c: a year of two digits
  readonly month: ReadonlyArray<readonly [pattern: string, parts: string]>; // t: one digit that may have lost its 0
  readonly ranges: Readonly<Record<string, readonly [first: string, last: string]>>;
}

/** What an amount of money is read by; the quick answer has no more. */
export interface MoneyRules {
  readonly blanks: string;
  readonly same: Readonly<Record<string, string>>;
  readonly numerals: Readonly<Record<string, string>>;
  readonly powers: ReadonlyArray<readonly [power: number, sign: string]>;
  readonly sure: string;
  readonly before: string;
  readonly after: string;
  readonly negative: string;
  readonly approximate: string;
  readonly range: string;
  readonly measures: Readonly<Record<string, MeasureRules>>;
  readonly asked_above: number; // yuan
}

/** The content of calculator/mingbai_reading/rules.json. */
export interface Rules extends MoneyRules {
  readonly rates: ReadonlyArray<readonly [pattern: string, points: number]>;
  readonly tenths: readonly string[];
  readonly shares: Readonly<Record<string, number>>; // basis points
  readonly rate_before: string;
  readonly unknown: readonly string[];
  readonly nothing: readonly string[];
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly yes_unless_negated: readonly string[];
  readonly no_unless_negated: readonly string[];
  readonly negated: string;
  readonly none: string; // the option of a choice that says "none"
  readonly separators: string;
  readonly dates: DateRules;
}

/** What is known of a fact that a text is read as. */
export interface Definition {
  readonly type: string;
  readonly name?: Readonly<Record<string, string>>;
  readonly unit?: string;
  readonly kind?: string; // of a date, by which its plausible range is found
  readonly low?: number;
  readonly high?: number | null;
  readonly options?: Readonly<Record<string, Readonly<Record<string, string>>>>; // names by language
  readonly options_were?: Readonly<Record<string, string>>; // former ids
  readonly also?: Readonly<Record<string, readonly string[]>>; // other words for an option
  readonly yes?: readonly string[];
  readonly no?: readonly string[];
}

/** What fills in the sentence that says a reading back; `options` are ids. */
export interface Figures {
  readonly options?: readonly string[];
  readonly nearest?: string;
  readonly [name: string]: string | readonly string[] | undefined;
}

/** What a text was taken for (`mingbai_reading.reading`). */
export interface Reading {
  readonly kind: "value" | "unknown" | "empty" | "fault" | "ask";
  readonly key: string;
  readonly value: any; // any: of the type that the fact has; null unless `kind` is value
  readonly figures: Figures;
  readonly candidates: readonly Reading[]; // what may have been meant; of a question only
}
