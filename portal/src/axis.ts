// Round numbers for the axis of a chart.

export interface Axis {
  /** Ticks in the axis' unit, from 0 to at least the largest value. */
  ticks: number[];
  unit: string;
  /** How many seconds one unit has. */
  seconds: number;
}

/** An axis for times from zero to `longest` seconds, with about `wanted` ticks at 1, 2 or 5 times a power of ten. */
export function timeAxis(longest: number, wanted = 5): Axis {
  const seconds = longest >= 7200 ? 3600 : longest >= 120 ? 60 : 1;
  const unit = seconds === 3600 ? "h" : seconds === 60 ? "min" : "s";
  const end = longest > 0 ? longest / seconds : 1;
  const rough = end / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const count = Math.ceil((end / step) * 0.999999);
  const ticks = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  return { ticks, unit, seconds };
}
