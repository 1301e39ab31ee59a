import type { components } from "./schema";

type Schemas = components["schemas"];

export type Case = Schemas["CaseBody"];
export type CaseSummary = Schemas["CaseSummary"];
export type CasePage = Schemas["CasePage"];
export type CaseState = Schemas["CaseState"];
export type Check = Schemas["CheckBody"];
export type Comparison = Schemas["ComparisonBody"];
export type Consignment = Schemas["ConsignmentBody"];
export type ConsignmentPage = Schemas["ConsignmentPage"];
export type Declaration = Schemas["DeclarationBody"];
export type Factor = Schemas["Factor"];
export type Fault = Schemas["FaultBody"];
export type FinalOutcome = Schemas["FinalOutcome"];
export type MarkedRegion = Required<Schemas["MarkedRegion"]>;
export type NearestImage = Schemas["NearestImage"];
export type Passage = Schemas["PassageBody"];
export type PassageRole = Schemas["PassageRole"];
export type Reason = Schemas["ReasonBody"];
export type ReasonCode = Schemas["ReasonCode"];
export type Role = Schemas["Role"];
export type ScanInfo = Schemas["ScanBody"];
export type Seals = Schemas["SealsBody"];
export type Session = Schemas["SessionBody"];
export type Verdict = Schemas["VerdictBody"];

/** Left, top, right, bottom in pixels of the file as stored. */
export type BoxPx = [number, number, number, number];
