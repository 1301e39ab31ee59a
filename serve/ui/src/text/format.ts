/** Numbers, times and codes as people read them. */

const KILOGRAMS = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** "4 min", "3 h 05", "2 d 4 h": how long ago, counted to `now`. */
export function age(since: string, now: number): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(since)) / 60_000));
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, "0")}`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** "2026-03-07 14:05 UTC" */
export function moment(at: string | null): string {
  return at === null ? "–" : `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

export function kilograms(mass: number | null | undefined): string {
  return mass == null ? "–" : `${KILOGRAMS.format(mass)} kg`;
}

/** "+3.4 %" of `mass` against `reference`; empty where either is missing. */
export function difference(mass: number | null, reference: number | null): string {
  if (mass === null || reference === null || reference <= 0) return "";
  const share = (100 * (mass - reference)) / reference;
  const sign = share < 0 ? "−" : "+";
  return `${sign}${Math.abs(share).toFixed(1)} %`;
}

/** "0805.10.20" of "08051020" */
export function hsCode(code: string): string {
  const parts = [code.slice(0, 4), code.slice(4, 6), code.slice(6)];
  return parts.filter((part) => part !== "").join(".");
}

/** "CSQU 305438 3" of "CSQU3054383", as painted on the box. */
export function containerNumber(number: string): string {
  return number.length === 11
    ? `${number.slice(0, 4)} ${number.slice(4, 10)} ${number.slice(10)}`
    : number;
}

/** A score with two digits; scores order, they are no probabilities. */
export function score(value: number | null | undefined): string {
  return value == null ? "–" : value.toFixed(2);
}

/** What a code's score is made of. */
export function scoreParts(code: {
  score: number;
  expected: number;
  references?: number | null;
}): string {
  const sign = code.expected < 0 ? "−" : "+";
  const like = `${score(code.score - code.expected)} by ${code.references ?? 0} standard images`;
  return `${like}, ${sign}${score(Math.abs(code.expected))} as such goods are expected to look`;
}

/** What a search text asks for: a container by its ISO 6346 form, else a declaration. */
export function searchTerm(text: string): { container: string } | { declaration: string } | null {
  const term = text.trim();
  if (term === "") return null;
  const number = term.replace(/[\s-]/g, "").toUpperCase();
  return /^[A-Z]{3}[UJZ]\d{7}$/.test(number) ? { container: number } : { declaration: term };
}
