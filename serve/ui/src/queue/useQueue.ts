/** The cases of one state, read again every few seconds while the page is looked at. */
import { useCallback, useEffect, useRef, useState } from "react";
import { type Client, messageOf } from "../api/client";
import type { CaseState, CaseSummary } from "../api/types";

const REFRESH_MS = 4000;

interface Loaded {
  state: CaseState;
  cases: CaseSummary[];
  openCount: number;
  more: boolean;
}

export function useQueue(client: Client, state: CaseState) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const pages = useRef(1);

  const read = useCallback(
    async (isCurrent: () => boolean) => {
      try {
        const cases: CaseSummary[] = [];
        let cursor: string | null = null;
        let openCount = 0;
        for (let page = 0; page < pages.current; page++) {
          const answer = await client.cases(state, cursor);
          cases.push(...answer.cases);
          openCount = answer.open_count;
          cursor = answer.next_cursor;
          if (cursor === null) break;
        }
        if (!isCurrent()) return;
        setLoaded({ state, cases, openCount, more: cursor !== null });
        setFailure(null);
      } catch (error) {
        if (isCurrent()) setFailure(messageOf(error));
      }
    },
    [client, state],
  );

  useEffect(() => {
    let current = true;
    pages.current = 1;
    const isCurrent = () => current;
    void read(isCurrent);
    const timer = setInterval(() => {
      if (!document.hidden) void read(isCurrent);
    }, REFRESH_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [read]);

  const readMore = useCallback(() => {
    pages.current += 1;
    void read(() => true);
  }, [read]);

  return { loaded: loaded?.state === state ? loaded : null, failure, readMore };
}

/** The present moment, told anew every half minute, for ages. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
