// The palette of Okabe and Ito, whose colours the colour-blind can tell apart. Colour never stands alone: whatever it
// marks is also named in words. Black and yellow are left out: each vanishes in one of light and dark.

export const OKABE_ITO = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00"] as const;

/** The colour of each category, in the order in which they first come. */
export function colours(categories: readonly string[]): Map<string, string> {
  const result = new Map<string, string>();
  for (const category of categories) {
    if (!result.has(category)) {
      result.set(category, OKABE_ITO[result.size % OKABE_ITO.length] ?? OKABE_ITO[0]);
    }
  }
  return result;
}
