// Numbers, sizes and times as text: with units, with thousands separators, and the same in every locale.

/** What stands for a value that is not there. */
export const NONE = "–";

const NBSP = "\u00a0";
const MICRO = "µm";

type Maybe<T> = T | null | undefined;

function known(value: Maybe<number>): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** 7812500 as "7,812,500"; fractions are kept up to `decimals` digits. */
export function number(value: Maybe<number>, decimals = 0): string {
  return known(value) ? value.toLocaleString("en-US", { maximumFractionDigits: decimals }) : NONE;
}

/** Always with that many digits after the point, so that a column lines up. */
export function fixed(value: Maybe<number>, decimals: number): string {
  return known(value)
    ? value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    : NONE;
}

/** About three digits: 2.5, 0.0123, 12,346. */
export function short(value: Maybe<number>): string {
  if (!known(value)) {
    return NONE;
  }
  const digits = Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return value.toLocaleString("en-US", digits);
}

/** Decimal units, as disks are sold: 7812500 as "7.81 MB". */
export function bytes(value: Maybe<number>): string {
  return known(value) ? scaled(value, 1000, ["B", "kB", "MB", "GB", "TB", "PB"]) : NONE;
}

/** Memory, given in MiB: 410 as "410 MiB", 2048 as "2 GiB". */
export function mebibytes(value: Maybe<number>): string {
  return known(value) ? scaled(value, 1024, ["MiB", "GiB", "TiB"]) : NONE;
}

function scaled(value: number, step: number, units: readonly string[]): string {
  let rest = value;
  let unit = 0;
  while (rest >= step && unit < units.length - 1) {
    rest /= step;
    unit++;
  }
  return `${short(rest)}${NBSP}${units[unit]}`;
}

/** 1.234 as "1.23 s", 75 as "1 min 15 s", 7500 as "2 h 5 min". */
export function duration(seconds: Maybe<number>): string {
  if (!known(seconds)) {
    return NONE;
  }
  if (seconds < 59.95) {
    return `${seconds >= 10 ? fixed(seconds, 1) : short(Math.round(seconds * 1000) / 1000)}${NBSP}s`;
  }
  const whole = Math.round(seconds);
  if (whole < 3600) {
    return join(Math.floor(whole / 60), "min", whole % 60, "s");
  }
  const minutes = Math.round(whole / 60);
  return join(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

function join(major: number, majorUnit: string, minor: number, minorUnit: string): string {
  const first = `${number(major)}${NBSP}${majorUnit}`;
  return minor === 0 ? first : `${first} ${minor}${NBSP}${minorUnit}`;
}

/** An instant in UTC, to the second: "2026-01-31 12:00:05 UTC". */
export function instant(iso: Maybe<string>): string {
  if (!iso) {
    return NONE;
  }
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** "250 × 250 × 125" */
export function triple(value: Maybe<readonly number[]>, decimals = 3): string {
  return value ? value.map((n) => number(n, decimals)).join(" × ") : NONE;
}

/** The three lengths of a box in the unit that suits the longest: "2.5 × 2.5 × 1.25 µm". */
export function extent(nanometres: readonly number[]): string {
  const longest = Math.max(...nanometres);
  const [divisor, unit] = longest >= 1e6 ? [1e6, "mm"] : longest >= 1e3 ? [1e3, MICRO] : [1, "nm"];
  return `${nanometres.map((n) => short(n / divisor)).join(" × ")}${NBSP}${unit}`;
}

/** The volume of a box in the unit that suits it: "7.81 µm³". */
export function volume(nanometres: readonly number[]): string {
  const cubicMicrometres = nanometres.reduce((product, n) => product * (n / 1000), 1);
  return cubicMicrometres >= 1e8
    ? `${short(cubicMicrometres / 1e9)}${NBSP}mm³`
    : `${short(cubicMicrometres)}${NBSP}${MICRO}³`;
}

export function product(values: readonly number[]): number {
  return values.reduce((result, value) => result * value, 1);
}

/** "1 stage", "3 stages". */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${number(count)} ${count === 1 ? singular : plural}`;
}

/** A name of a parameter or figure as words: "chunk_size" as "chunk size". */
export function words(name: string): string {
  return name.replaceAll("_", " ");
}

/** An address that a page may link to: of this server, or of the web. */
export function safeAddress(address: Maybe<string>): string | undefined {
  return address && /^(?:https?:\/\/|\/(?!\/))/i.test(address) ? address : undefined;
}
