/** The calls this interface makes; the cookie identifies, the CSRF token goes with changes. */
import type {
  Case,
  CasePage,
  CaseState,
  ConsignmentPage,
  FinalOutcome,
  MarkedRegion,
  Session,
  Verdict,
} from "./types";

/** An answer other than success; `code` and `message` come from problem+json where given. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface VerdictToGive {
  case_id: string;
  decision_id: string;
  verdict: FinalOutcome;
  comment: string;
  regions: MarkedRegion[];
}

/** Set while somebody is logged in on this machine; asking in vain would be logged as an error. */
const HINT = "riac.logged-in";

export class Client {
  #csrfToken = "";
  /** Called when a call finds the session over. */
  onSessionOver: () => void = () => {};

  async logIn(username: string, password: string): Promise<Session> {
    return this.#begun(await this.#call("POST", "/v1/session", { username, password }, true));
  }

  /** The session in force, or null when there is none. */
  async session(): Promise<Session | null> {
    if (localStorage.getItem(HINT) === null) return null;
    try {
      return this.#begun(await this.#call("GET", "/v1/session", undefined, true));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      localStorage.removeItem(HINT);
      return null;
    }
  }

  async logOut(): Promise<void> {
    localStorage.removeItem(HINT);
    await this.#call("DELETE", "/v1/session");
    this.#csrfToken = "";
  }

  cases(state: CaseState, cursor: string | null = null): Promise<CasePage> {
    return this.#call("GET", `/v1/cases?${query({ state, cursor })}`);
  }

  case(id: string): Promise<Case> {
    return this.#call("GET", `/v1/cases/${id}`);
  }

  lock(id: string): Promise<Case> {
    return this.#call("POST", `/v1/cases/${id}/lock`);
  }

  /** Give the lock back; also sent while the page is being closed, so nobody waits for it. */
  async unlock(id: string): Promise<void> {
    await this.#call("DELETE", `/v1/cases/${id}/lock`);
  }

  giveVerdict(verdict: VerdictToGive): Promise<Verdict> {
    return this.#call("POST", "/v1/verdicts", verdict);
  }

  search(by: { container: string } | { declaration: string }): Promise<ConsignmentPage> {
    return this.#call("GET", `/v1/consignments?${query({ ...by })}`);
  }

  /** The 16-bit PNG of a scan, as sent. */
  async picture(scanId: string, signal: AbortSignal): Promise<ArrayBuffer> {
    const answer = await fetch(`/v1/scans/${scanId}/image`, { signal });
    if (!answer.ok) throw await this.#problem(answer);
    return answer.arrayBuffer();
  }

  #begun(session: Session): Session {
    this.#csrfToken = session.csrf_token;
    localStorage.setItem(HINT, "yes");
    return session;
  }

  async #call<T>(method: string, path: string, body?: unknown, anonymous = false): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (method !== "GET" && this.#csrfToken) headers["X-CSRF-Token"] = this.#csrfToken;
    const answer = await fetch(path, {
      method,
      headers,
      keepalive: method === "DELETE",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw await this.#problem(answer, anonymous);
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }

  async #problem(answer: Response, anonymous = false): Promise<ApiError> {
    if (answer.status === 401 && !anonymous) this.onSessionOver();
    const problem = (await answer.json().catch(() => ({}))) as { code?: string; detail?: unknown };
    const detail =
      typeof problem.detail === "string" ? problem.detail : `the service answered ${answer.status}`;
    return new ApiError(answer.status, problem.code ?? "", detail);
  }
}

function query(fields: Record<string, string | null>): string {
  const given = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== null);
  return new URLSearchParams(given).toString();
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
