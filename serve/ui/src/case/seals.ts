import type { PassageRole, Seals } from "../api/types";

/** One seal across the columns; null where it was not seen. */
export interface SealLine {
  seals: (string | null)[];
  differs: boolean;
}

interface SealTable {
  columns: string[];
  lines: SealLine[];
}

/** Lay declared seals and those read side by side: agreeing ones first, then what is odd. */
export function compareSeals(seals: Seals, role: PassageRole): SealTable {
  const readings: [string, readonly string[]][] = [["Declared", seals.declared]];
  if (role === "exit" || role === "entry") readings.push(["Entry", seals.entry]);
  if (role === "exit") readings.push(["Exit", seals.exit]);
  // Of imports and exports there is one reading, whichever list it came in.
  if (role === "import" || role === "export")
    readings.push(["Read", [...seals.entry, ...seals.exit]]);
  const lists = readings.map(([, list]) => list.map(normalised));
  const everywhere = (lists[0] ?? []).filter((seal) => lists.every((list) => list.includes(seal)));
  const agreeing = everywhere.map((seal) => ({ seals: lists.map(() => seal), differs: false }));
  const rest = lists.map((list) => list.filter((seal) => !everywhere.includes(seal)));
  return { columns: readings.map(([name]) => name), lines: [...agreeing, ...oddLines(rest)] };
}

/** What does not agree everywhere, equal seals on one line, unequal ones put beside each other. */
function oddLines(rest: readonly string[][]): SealLine[] {
  const length = Math.max(0, ...rest.map((list) => list.length));
  return Array.from({ length }, (_, index) => ({
    seals: rest.map((list) => list[index] ?? null),
    differs: true,
  }));
}

function normalised(seal: string): string {
  return seal.trim().toUpperCase();
}
