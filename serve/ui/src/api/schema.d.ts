// Made by `npm run types` from the API's OpenAPI description; don't edit.

export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health
         * @description Say that the process answers.
         */
        get: operations["operations_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Metrics
         * @description Return the metrics: to this machine, or to anyone with a key.
         */
        get: operations["operations_read_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ready
         * @description Say whether database, objects, library and a worker are there, and what is in use.
         */
        get: operations["operations_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Cases
         * @description List cases, oldest first.
         */
        get: operations["cases_list_cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{case_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read
         * @description Return all an analyst needs to judge a case. Faceless: goods, never the trader.
         */
        get: operations["cases_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cases/{case_id}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lock
         * @description Take a case, or renew the lock; 409 when another analyst has it or it is closed.
         */
        post: operations["cases_lock"];
        /**
         * Unlock
         * @description Give the lock back.
         */
        delete: operations["cases_unlock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search
         * @description Search by container or declaration number, newest first; passages without one too.
         */
        get: operations["consignments_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/consignments/{consignment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read
         * @description Return a consignment with all its passages.
         */
        get: operations["consignments_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Decisions
         * @description List decisions, newest first, superseded ones too.
         */
        get: operations["decisions_list_decisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions/{decision_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read
         * @description Return a decision with what became of it.
         */
        get: operations["decisions_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/declarations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register
         * @description Register a declaration; the same number with other content amends it.
         *
         *     Scans that came before are judged with it; decisions made without it are superseded.
         */
        post: operations["declarations_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/library/images/{entry_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Image
         * @description Return a standard image, small.
         */
        get: operations["library_read_image"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/library/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search
         * @description Find the standard images like an uploaded picture or a stored scan.
         */
        post: operations["library_search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/library/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Stats
         * @description Say what the library has.
         */
        get: operations["library_read_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send
         * @description Take in a scan.
         *
         *     It is stored when this answers, and judged within seconds. A file that cannot be read is told
         *     at once: `state` is `unusable`, `faults` say why; what only the analysis sees is told by the
         *     webhook `scan.unusable`.
         */
        post: operations["scans_send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans/{scan_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read
         * @description Return what is known of a scan.
         */
        get: operations["scans_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans/{scan_id}/image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Image
         * @description Return the picture to look at: transmission times 65535, in pixels of the file as stored.
         */
        get: operations["scans_read_image"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans/{scan_id}/original": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Original
         * @description Return the bytes as received.
         */
        get: operations["scans_read_original"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Session
         * @description Say who is logged in.
         */
        get: operations["session_read_session"];
        put?: never;
        /**
         * Begin Session
         * @description Log in. Sets the cookie `riac_session`.
         */
        post: operations["session_begin_session"];
        /**
         * Finish Session
         * @description Log out.
         */
        delete: operations["session_finish_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/verdicts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Verdicts
         * @description List the verdicts on a case, oldest first.
         */
        get: operations["verdicts_list_verdicts"];
        put?: never;
        /**
         * Give
         * @description Close a case, which the caller has locked, with a verdict; it is announced.
         */
        post: operations["verdicts_give"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Webhooks
         * @description List the webhooks with their last deliveries.
         */
        get: operations["webhooks_read_webhooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Body_library_search */
        Body_library_search: {
            /**
             * File
             * @description A picture
             */
            file?: string | null;
            /**
             * Scan Id
             * @description Or a stored scan
             */
            scan_id?: string | null;
        };
        /** Body_scans_send */
        Body_scans_send: {
            /**
             * File
             * @description TIFF, PNG, JPEG or a package
             */
            file: string;
            /**
             * Metadata
             * @description `ScanMetadata` as JSON
             */
            metadata: string;
        };
        /**
         * CaseBody
         * @description All an analyst needs to judge one case.
         */
        CaseBody: {
            /** Closed At */
            closed_at: string | null;
            /** Container Number */
            container_number: string;
            decision: components["schemas"]["DecisionBody"];
            declaration: components["schemas"]["DeclarationBody"] | null;
            /** Declaration Number */
            declaration_number: string | null;
            entry_scan: components["schemas"]["ScanBody"] | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Locked By */
            locked_by: string | null;
            /** Locked Until */
            locked_until: string | null;
            /** Nearest */
            nearest: components["schemas"]["NearestImage"][];
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Reasons */
            reasons: components["schemas"]["ReasonBody"][];
            role: components["schemas"]["PassageRole"];
            scan: components["schemas"]["ScanBody"] | null;
            seals: components["schemas"]["SealsBody"];
            /** Site */
            site: string;
            state: components["schemas"]["CaseState"];
            verdict: components["schemas"]["FinalOutcome"] | null;
            /** Verdicts */
            verdicts: components["schemas"]["VerdictBody"][];
        };
        /**
         * CasePage
         * @description Oldest first; `next_cursor` reads on.
         */
        CasePage: {
            /** Cases */
            cases: components["schemas"]["CaseSummary"][];
            /** Next Cursor */
            next_cursor: string | null;
            /** Open Count */
            open_count: number;
        };
        /**
         * CaseState
         * @description Where a referred decision is.
         * @enum {string}
         */
        CaseState: "open" | "locked" | "closed";
        /**
         * CaseSummary
         * @description A line of the queue. Faceless: goods, never the trader.
         */
        CaseSummary: {
            /** Closed At */
            closed_at: string | null;
            /** Container Number */
            container_number: string;
            /** Declaration Number */
            declaration_number: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Locked By */
            locked_by: string | null;
            /** Locked Until */
            locked_until: string | null;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Reasons */
            reasons: components["schemas"]["ReasonBody"][];
            role: components["schemas"]["PassageRole"];
            /** Site */
            site: string;
            state: components["schemas"]["CaseState"];
            verdict: components["schemas"]["FinalOutcome"] | null;
        };
        /**
         * ChangeRegionBody
         * @description Where entry and exit differ.
         */
        ChangeRegionBody: {
            /** Entry Box Px */
            entry_box_px: [
                number,
                number,
                number,
                number
            ] | null;
            /** Exit Box Px */
            exit_box_px: [
                number,
                number,
                number,
                number
            ] | null;
            factor: components["schemas"]["Factor"];
            /** Mass Change Kg */
            mass_change_kg: number | null;
            /** Score */
            score: number;
            /** View */
            view: string;
        };
        /**
         * CheckBody
         * @description A scan against its declared codes, as the machine sees it.
         */
        CheckBody: {
            /** Candidates */
            candidates: components["schemas"]["CodeScoreBody"][];
            /** Consistent Probability */
            consistent_probability: number | null;
            /** Consistent Score */
            consistent_score: number | null;
            /** Declared */
            declared: components["schemas"]["CodeScoreBody"][];
            /** Empty Score */
            empty_score: number | null;
            /** Faults */
            faults: components["schemas"]["FaultBody"][];
            /** Regions */
            regions: components["schemas"]["GoodsRegionBody"][];
            /** Unexplained Fraction */
            unexplained_fraction: number | null;
            verdict: components["schemas"]["CheckVerdict"];
        };
        /**
         * CheckVerdict
         * @description What the machine concluded from a scan against its declaration.
         * @enum {string}
         */
        CheckVerdict: "consistent" | "inconsistent" | "empty" | "unknown_goods" | "library_too_thin" | "unreadable";
        /**
         * CodeScoreBody
         * @description How much an HS code explains; `nearest` are identifiers of standard images.
         *
         *     `expected` is what of the score is owed to how such goods are expected to look, not to
         *     standard images.
         */
        CodeScoreBody: {
            /**
             * Expected
             * @default 0
             */
            expected: number;
            /** Hs */
            hs: string;
            /**
             * Nearest
             * @default []
             */
            nearest: string[];
            /** References */
            references?: number | null;
            /** Score */
            score: number;
        };
        /**
         * ComparisonBody
         * @description Entry against exit, as the machine sees it.
         */
        ComparisonBody: {
            /** Factors */
            factors: {
                [key: string]: components["schemas"]["FactorBody"];
            };
            /** Faults */
            faults: components["schemas"]["FaultBody"][];
            /** Mirrored */
            mirrored: boolean | null;
            /** Regions */
            regions: components["schemas"]["ChangeRegionBody"][];
            /**
             * Replayed
             * @default false
             */
            replayed: boolean;
            /** Same Probability */
            same_probability: number | null;
            /** Same Score */
            same_score: number | null;
            verdict: components["schemas"]["ComparisonVerdict"];
            /** Visible Fraction */
            visible_fraction: number | null;
        };
        /**
         * ComparisonVerdict
         * @description What the machine concluded from entry against exit.
         * @enum {string}
         */
        ComparisonVerdict: "match" | "mismatch" | "inconclusive" | "unreadable";
        /**
         * ConsignmentBody
         * @description What one declaration covers, all its passages, and the worst of their outcomes.
         */
        ConsignmentBody: {
            declaration: components["schemas"]["DeclarationBody"];
            /** Declaration Sha256 */
            declaration_sha256: string;
            /** Declaration Version */
            declaration_version: number;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Passages */
            passages: components["schemas"]["PassageBody"][];
            /**
             * Received At
             * Format: date-time
             */
            received_at: string;
            worst_outcome: components["schemas"]["Outcome"] | null;
        };
        /**
         * ConsignmentPage
         * @description Answer of the search by container or declaration number.
         */
        ConsignmentPage: {
            /** Consignments */
            consignments: components["schemas"]["ConsignmentBody"][];
            /** Next Cursor */
            next_cursor: string | null;
            /** Passages Without Declaration */
            passages_without_declaration: components["schemas"]["PassageBody"][];
        };
        /**
         * ContainerBody
         * @description A declared container.
         */
        ContainerBody: {
            /**
             * Declared Empty
             * @default false
             */
            declared_empty: boolean;
            /** Gross Mass Kg */
            gross_mass_kg?: number | null;
            /** Number */
            number: string;
            /**
             * Seals
             * @default []
             */
            seals: string[];
            /** Size Type */
            size_type?: string | null;
        };
        /**
         * DecisionBody
         * @description One decision; never changed, only superseded by a newer one.
         */
        DecisionBody: {
            /** Case Id */
            case_id: string | null;
            check: components["schemas"]["CheckBody"] | null;
            comparison: components["schemas"]["ComparisonBody"] | null;
            /** Consignment Id */
            consignment_id: string | null;
            /** Container Number */
            container_number: string;
            /**
             * Decided At
             * Format: date-time
             */
            decided_at: string;
            /** Declaration Number */
            declaration_number: string | null;
            digests: components["schemas"]["DigestsBody"];
            /** Entry Scan Id */
            entry_scan_id: string | null;
            final_outcome: components["schemas"]["FinalOutcome"] | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            outcome: components["schemas"]["Outcome"];
            /**
             * Passage Id
             * Format: uuid
             */
            passage_id: string;
            /** Reasons */
            reasons: components["schemas"]["ReasonBody"][];
            role: components["schemas"]["PassageRole"];
            /** Scan Id */
            scan_id: string | null;
            /** Site */
            site: string;
            /** Superseded By Id */
            superseded_by_id: string | null;
            /** Supersedes Id */
            supersedes_id: string | null;
        };
        /**
         * DecisionPage
         * @description Newest first; pass `next_cursor` back as `cursor` to read on.
         */
        DecisionPage: {
            /** Decisions */
            decisions: components["schemas"]["DecisionBody"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * DeclarationBody
         * @description A goods declaration; sending the same number with other content amends it.
         */
        DeclarationBody: {
            /** Containers */
            containers: components["schemas"]["ContainerBody"][];
            /**
             * Items
             * @default []
             */
            items: components["schemas"]["GoodsItemBody"][];
            /** Number */
            number: string;
            regime: components["schemas"]["Regime"];
        };
        /**
         * DeliveryBody
         * @description One event for one webhook, and what came of it so far.
         */
        DeliveryBody: {
            /** Attempts */
            attempts: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Delivered At */
            delivered_at: string | null;
            /** Event Type */
            event_type: string;
            /** Last Error */
            last_error: string | null;
            /** Last Status */
            last_status: number | null;
            /** Message Id */
            message_id: string;
            /**
             * State
             * @enum {string}
             */
            state: "pending" | "delivered" | "failed";
        };
        /**
         * DigestsBody
         * @description SHA-256 of what a decision was made from and with.
         */
        DigestsBody: {
            /** Code */
            code: string;
            /** Inputs */
            inputs: {
                [key: string]: string;
            };
            /** Library */
            library: string;
            /** Models */
            models: {
                [key: string]: string;
            };
            /** Policy */
            policy: string;
        };
        /**
         * Factor
         * @description The four factors an analyst judges (Afghan-transit SOP of 17 November 2025).
         * @enum {string}
         */
        Factor: "volume" | "density" | "structure" | "substitution";
        /**
         * FactorBody
         * @description One of the four factors.
         */
        FactorBody: {
            /** Finding */
            finding: boolean;
            /** Score */
            score: number;
        };
        /**
         * FaultBody
         * @description Something wrong with a picture.
         */
        FaultBody: {
            code: components["schemas"]["FaultCode"];
            /** Detail */
            detail: string;
            /** File */
            file?: string | null;
            severity: components["schemas"]["Severity"];
        };
        /**
         * FaultCode
         * @description What can be wrong with a picture.
         * @enum {string}
         */
        FaultCode: "inverted" | "rendered" | "saturated" | "black" | "truncated" | "dead_rows" | "banded" | "striped" | "wrong_normalisation" | "no_container" | "several_containers" | "unfamiliar" | "unreadable" | "unsupported" | "too_large";
        /**
         * FinalOutcome
         * @description What an analyst concludes.
         * @enum {string}
         */
        FinalOutcome: "clear" | "examine" | "rescan";
        /**
         * GoodsItemBody
         * @description One line of a declaration.
         */
        GoodsItemBody: {
            /** Container Number */
            container_number?: string | null;
            /**
             * Description
             * @default
             */
            description: string;
            /** Hs Code */
            hs_code: string;
            /** Net Mass Kg */
            net_mass_kg?: number | null;
            /** Packages */
            packages?: number | null;
        };
        /**
         * GoodsRegionBody
         * @description A part of the cargo no declared code explains.
         */
        GoodsRegionBody: {
            /** Best */
            best: components["schemas"]["CodeScoreBody"][];
            /** Box Px */
            box_px: [
                number,
                number,
                number,
                number
            ];
            /** View */
            view: string;
        };
        /**
         * Health
         * @description The process answers.
         */
        Health: {
            /** Status */
            status: string;
        };
        /**
         * InUse
         * @description What decisions are made with, by the digests they name.
         */
        InUse: {
            /** Code */
            code: string;
            /** Library */
            library: string | null;
            /** Models */
            models: components["schemas"]["ModelInUse"][];
            /** Policy */
            policy: string;
            /** Policy Version */
            policy_version: string;
        };
        /**
         * LibrarySearchAnswer
         * @description Nearest standard images of a scan or an uploaded picture, best first.
         */
        LibrarySearchAnswer: {
            /** Candidates */
            candidates: components["schemas"]["CodeScoreBody"][];
            /** Nearest */
            nearest: components["schemas"]["NearestImage"][];
        };
        /**
         * LibraryStats
         * @description The snapshot in use.
         */
        LibraryStats: {
            /** Codes */
            codes: {
                [key: string]: number;
            };
            /** Digest */
            digest: string | null;
            /** Embedder */
            embedder: string | null;
            /** Entries */
            entries: number;
        };
        /**
         * LoginRequest
         * @description Body of `POST /v1/session`.
         */
        LoginRequest: {
            /** Password */
            password: string;
            /** Username */
            username: string;
        };
        /**
         * MarkedRegion
         * @description What an analyst marks for the examining officers.
         */
        MarkedRegion: {
            /** Box Px */
            box_px: [
                number,
                number,
                number,
                number
            ];
            /**
             * Note
             * @default
             */
            note: string;
            /**
             * Scan Id
             * Format: uuid
             */
            scan_id: string;
        };
        /**
         * ModelInUse
         * @description A released model, and what it truly runs on.
         */
        ModelInUse: {
            /** Name */
            name: string;
            /** Runs On */
            runs_on: string;
            /** Sha256 */
            sha256: string;
        };
        /**
         * NearestImage
         * @description A standard image like the scan; `image_url` shows it.
         */
        NearestImage: {
            /** Entry Id */
            entry_id: string;
            /** Hs */
            hs: string;
            /** Image Url */
            image_url: string;
            /** Similarity */
            similarity: number;
        };
        /**
         * Outcome
         * @description What the clearance system is told.
         * @enum {string}
         */
        Outcome: "auto_clear" | "refer";
        /**
         * PassageBody
         * @description One container's scans at one site in one role, with the decision in force.
         */
        PassageBody: {
            /** Container Number */
            container_number: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            decision: components["schemas"]["DecisionBody"] | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            role: components["schemas"]["PassageRole"];
            /** Scans */
            scans: components["schemas"]["ScanBody"][];
            /** Site */
            site: string;
            /** Waiting For */
            waiting_for: ("analysis" | "declaration" | "entry_scan") | null;
        };
        /**
         * PassageRole
         * @description Why the container was scanned.
         * @enum {string}
         */
        PassageRole: "entry" | "exit" | "import" | "export";
        /**
         * Problem
         * @description RFC 9457 problem details, `application/problem+json`.
         */
        Problem: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
            /** Status */
            status: number;
            /** Title */
            title: string;
            /** Type */
            type: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * Readiness
         * @description What works (null) and what does not (what is wrong with it).
         */
        Readiness: {
            /** Database */
            database: string | null;
            in_use: components["schemas"]["InUse"];
            /** Library */
            library: string | null;
            /** Objects */
            objects: string | null;
            /** Ready */
            ready: boolean;
            /** Worker */
            worker: string | null;
        };
        /**
         * ReasonBody
         * @description One ground of a decision.
         */
        ReasonBody: {
            code: components["schemas"]["ReasonCode"];
            /** Detail */
            detail: string;
            /** Refers */
            refers: boolean;
        };
        /**
         * ReasonCode
         * @description Why; each reason also says it in a sentence.
         * @enum {string}
         */
        ReasonCode: "no_declaration" | "no_entry_scan" | "unusable_scan" | "unusable_entry_scan" | "doubtful_picture" | "display_rendered" | "several_containers" | "mismatch" | "inconclusive" | "low_visibility" | "replayed_image" | "resembles_another_entry" | "inconsistent_goods" | "unknown_goods" | "declared_but_empty" | "library_too_thin" | "seal_missing" | "seal_differs" | "weight_differs" | "check_digit" | "unknown_container" | "analysis_failed" | "policy" | "consistent";
        /**
         * Regime
         * @description The customs procedure of a consignment.
         * @enum {string}
         */
        Regime: "transit" | "transshipment" | "import" | "export";
        /**
         * Role
         * @description What a key or an account may do.
         * @enum {string}
         */
        Role: "site" | "clearance" | "analyst" | "supervisor" | "librarian" | "auditor" | "admin";
        /**
         * ScanBody
         * @description A stored scan.
         */
        ScanBody: {
            /** Consignment Id */
            consignment_id: string | null;
            /** Container Box Px */
            container_box_px: [
                number,
                number,
                number,
                number
            ] | null;
            /** Container Number */
            container_number: string;
            /** Decision Id */
            decision_id: string | null;
            /** Display Rendered */
            display_rendered: boolean | null;
            /** Faults */
            faults: components["schemas"]["FaultBody"][];
            /** Gross Mass Kg */
            gross_mass_kg: number | null;
            /** Height Px */
            height_px: number | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Passage Id
             * Format: uuid
             */
            passage_id: string;
            /**
             * Received At
             * Format: date-time
             */
            received_at: string;
            role: components["schemas"]["PassageRole"];
            /** Scanned At */
            scanned_at: string | null;
            /** Seals */
            seals: string[];
            /** Sha256 */
            sha256: string;
            /** Site */
            site: string;
            /** Size Bytes */
            size_bytes: number;
            state: components["schemas"]["ScanState"];
            /** Width Px */
            width_px: number | null;
        };
        /**
         * ScanState
         * @description Where a scan is on its way.
         * @enum {string}
         */
        ScanState: "received" | "analysed" | "unusable";
        /**
         * SealsBody
         * @description Seals as declared and as read at each scan.
         */
        SealsBody: {
            /** Declared */
            declared: string[];
            /** Entry */
            entry: string[];
            /** Exit */
            exit: string[];
        };
        /**
         * SessionBody
         * @description Who is logged in. `csrf_token` goes back in `X-CSRF-Token` with every change.
         */
        SessionBody: {
            /** Csrf Token */
            csrf_token: string;
            /** Display Name */
            display_name: string;
            role: components["schemas"]["Role"];
            /** Username */
            username: string;
        };
        /**
         * Severity
         * @description Whether a fault was mended, leaves doubt, or makes the picture useless.
         * @enum {string}
         */
        Severity: "repaired" | "doubtful" | "fatal";
        /**
         * VerdictBody
         * @description A person's verdict.
         */
        VerdictBody: {
            /** Analyst */
            analyst: string;
            /**
             * Case Id
             * Format: uuid
             */
            case_id: string;
            /** Comment */
            comment: string;
            /**
             * Decision Id
             * Format: uuid
             */
            decision_id: string;
            /**
             * Given At
             * Format: date-time
             */
            given_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Regions */
            regions: components["schemas"]["MarkedRegion"][];
            verdict: components["schemas"]["FinalOutcome"];
        };
        /**
         * VerdictRequest
         * @description Body of `POST /v1/verdicts`; the case must be locked by the caller.
         */
        VerdictRequest: {
            /**
             * Case Id
             * Format: uuid
             */
            case_id: string;
            /**
             * Comment
             * @default
             */
            comment: string;
            /** Decision Id */
            decision_id?: string | null;
            /**
             * Regions
             * @default []
             */
            regions: components["schemas"]["MarkedRegion"][];
            verdict: components["schemas"]["FinalOutcome"];
        };
        /**
         * WebhookBody
         * @description A system that is told of events. Its secret is never shown again.
         */
        WebhookBody: {
            /** Allow Private */
            allow_private: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Deliveries */
            deliveries: components["schemas"]["DeliveryBody"][];
            /** Disabled At */
            disabled_at: string | null;
            /** Disabled Reason */
            disabled_reason: string | null;
            /** Events */
            events: string[];
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Url */
            url: string;
        };
        /**
         * WebhookList
         * @description Answer of `GET /v1/webhooks`, the oldest first.
         */
        WebhookList: {
            /** Webhooks */
            webhooks: components["schemas"]["WebhookBody"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    operations_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    operations_read_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    operations_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Not ready */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    cases_list_cases: {
        parameters: {
            query?: {
                /** @description `open`: all that wait for a verdict, locked ones too */
                state?: components["schemas"]["CaseState"];
                /** @description `next_cursor` of the page before */
                cursor?: string | null;
                /** @description Entries a page */
                limit?: number;
            };
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CasePage"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cases_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path: {
                case_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cases_lock: {
        parameters: {
            query?: never;
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path: {
                case_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaseBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cases_unlock: {
        parameters: {
            query?: never;
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path: {
                case_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    consignments_search: {
        parameters: {
            query?: {
                container?: string | null;
                declaration?: string | null;
                /** @description `next_cursor` of the page before */
                cursor?: string | null;
                /** @description Entries a page */
                limit?: number;
            };
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsignmentPage"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    consignments_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path: {
                consignment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsignmentBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decisions_list_decisions: {
        parameters: {
            query?: {
                container?: string | null;
                outcome?: components["schemas"]["Outcome"] | null;
                /** @description `next_cursor` of the page before */
                cursor?: string | null;
                /** @description Entries a page */
                limit?: number;
            };
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionPage"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decisions_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path: {
                decision_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    declarations_register: {
        parameters: {
            query?: never;
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeclarationBody"];
            };
        };
        responses: {
            /** @description Known already, or amended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsignmentBody"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsignmentBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    library_read_image: {
        parameters: {
            query?: never;
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path: {
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 8-bit grey PNG */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    library_search: {
        parameters: {
            query?: never;
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": components["schemas"]["Body_library_search"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LibrarySearchAnswer"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    library_read_stats: {
        parameters: {
            query?: never;
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LibraryStats"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scans_send: {
        parameters: {
            query?: never;
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_scans_send"];
            };
        };
        responses: {
            /** @description The same bytes for the same passage again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanBody"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scans_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path: {
                scan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scans_read_image: {
        parameters: {
            query?: {
                view?: number;
                energy?: "high" | "low";
            };
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path: {
                scan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description 16-bit grey PNG */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    scans_read_original: {
        parameters: {
            query?: never;
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path: {
                scan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As received */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_read_session: {
        parameters: {
            query?: never;
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_begin_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    session_finish_session: {
        parameters: {
            query?: never;
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verdicts_list_verdicts: {
        parameters: {
            query: {
                case: string;
            };
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerdictBody"][];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verdicts_give: {
        parameters: {
            query?: never;
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerdictRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerdictBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    webhooks_read_webhooks: {
        parameters: {
            query?: {
                /** @description How many of each */
                deliveries?: number;
            };
            header?: {
                /** @description `csrf_token` of the session; with a cookie only */
                "x-csrf-token"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
