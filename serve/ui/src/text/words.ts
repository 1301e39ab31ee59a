/** What codes of the API are called on the screen. */
import type {
  CaseState,
  Factor,
  FinalOutcome,
  PassageRole,
  ReasonCode,
  ScanInfo,
} from "../api/types";

export const REASON: Record<ReasonCode, string> = {
  no_declaration: "No declaration",
  no_entry_scan: "No entry scan",
  unusable_scan: "Picture unusable",
  unusable_entry_scan: "Entry picture unusable",
  doubtful_picture: "Picture doubtful",
  display_rendered: "Display picture only",
  several_containers: "Several containers",
  mismatch: "Exit differs from entry",
  inconclusive: "Comparison inconclusive",
  low_visibility: "Too little can be seen",
  replayed_image: "Same picture sent again",
  resembles_another_entry: "Like another container's entry",
  inconsistent_goods: "Goods not as declared",
  unknown_goods: "Goods unknown",
  declared_but_empty: "Declared, but empty",
  library_too_thin: "Too few standard images",
  seal_missing: "Seal missing",
  seal_differs: "Seal differs",
  weight_differs: "Weight differs",
  check_digit: "Container number check digit",
  unknown_container: "Container not declared",
  analysis_failed: "Analysis failed",
  policy: "Policy",
  consistent: "Consistent",
};

export const ROLE: Record<PassageRole, string> = {
  entry: "Entry",
  exit: "Exit",
  import: "Import",
  export: "Export",
};

export const STATE: Record<CaseState, string> = {
  open: "Open",
  locked: "In work",
  closed: "Closed",
};

export const VERDICT: Record<FinalOutcome, string> = {
  clear: "Clear",
  examine: "Examine",
  rescan: "Rescan",
};

export const FACTOR: Record<Factor, { name: string; asks: string }> = {
  volume: { name: "Volume", asks: "Is the cargo's outline the same?" },
  density: { name: "Density", asks: "Does it let as much through?" },
  structure: { name: "Structure", asks: "Are walls, floor and roof the same?" },
  substitution: { name: "Substitution", asks: "Are they the same objects?" },
};

export const FACTORS: readonly Factor[] = ["volume", "density", "structure", "substitution"];

export const FAULT: Record<ScanInfo["faults"][number]["code"], string> = {
  inverted: "Inverted",
  rendered: "Display picture",
  saturated: "Saturated",
  black: "Black",
  truncated: "Truncated",
  dead_rows: "Dead rows",
  banded: "Banded",
  striped: "Striped",
  wrong_normalisation: "Wrong air calibration",
  no_container: "No container found",
  several_containers: "Several containers",
  unfamiliar: "Unlike any scan known",
  unreadable: "Unreadable",
  unsupported: "Format not supported",
  too_large: "Too large",
};

export const COMPARISON: Record<string, string> = {
  match: "Match",
  mismatch: "Mismatch",
  inconclusive: "Inconclusive",
  unreadable: "Unreadable",
};

export const CHECK: Record<string, string> = {
  consistent: "Consistent",
  inconsistent: "Not consistent",
  empty: "Empty",
  unknown_goods: "Unknown goods",
  library_too_thin: "Library too thin",
  unreadable: "Unreadable",
};
