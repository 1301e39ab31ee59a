import type { PassageRole, Seals } from "../api/types";

/** A seal in one column: null where one is missing; it differs from the first column's. */
export interface SealCell {
  seal: string | null;
  differs: boolean;
}

/** One seal across the columns. */
export type SealLine = SealCell[];

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
  const agreeing = everywhere.map((seal) => lists.map(() => ({ seal, differs: false })));
  const rest = lists.map((list) => list.filter((seal) => !everywhere.includes(seal)));
  return { columns: readings.map(([name]) => name), lines: [...agreeing, ...oddLines(rest)] };
}

/** What does not agree everywhere, in the order it was given. */
function oddLines(rest: readonly string[][]): SealLine[] {
  const length = Math.max(0, ...rest.map((list) => list.length));
  return Array.from({ length }, (_, index) => {
    const first = rest[0]?.[index] ?? null;
    return rest.map((list, column) => {
      const seal = list[index] ?? null;
      return { seal, differs: column === 0 ? seal === null : seal !== first };
    });
  });
}

function normalised(seal: string): string {
  return seal.trim().toUpperCase();
}
