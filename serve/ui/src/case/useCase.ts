/** One case, held by its lock while it is open on the screen. */
import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError, type Client, messageOf } from "../api/client";
import type { Case, Role } from "../api/types";

const MAY_JUDGE: readonly Role[] = ["analyst", "supervisor", "admin"];
/** While another has it, or until the lock's end is known. */
const LOOK_AGAIN_MS = 10_000;
const RENEW_MS = { least: 5_000, most: 60_000 };

export type Hold = "taking" | "mine" | "others" | "closed" | "reader";

export function useCase(client: Client, id: string, role: Role) {
  const [opened, setOpened] = useState<Case | null>(null);
  const [hold, setHold] = useState<Hold>("taking");
  const [failure, setFailure] = useState<string | null>(null);
  /** True once a verdict is given: the lock is gone, there is nothing to give back. */
  const done = useRef(false);

  useEffect(() => {
    let left = false;
    const isGone = () => left;
    let held = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = (delayMs: number) => {
      timer = setTimeout(() => void step(), delayMs);
    };
    const keep = (read: Case, to: Hold) => {
      // While held only late evidence changes more than the lock: else the same object stays,
      // and with it the pictures.
      setOpened((before) =>
        to === "mine" && held && before?.decision.id === read.decision.id ? before : read,
      );
      setHold(to);
      setFailure(null);
      held = to === "mine";
    };
    const step = async () => {
      if (isGone() || done.current) return;
      try {
        const read = await take(client, id, role, held);
        if (isGone()) {
          if (read.hold === "mine") await client.unlock(id);
          return;
        }
        keep(read.opened, read.hold);
        if (read.hold === "mine") again(renewalDelay(read.opened.locked_until, Date.now()));
        else if (read.hold === "others") again(LOOK_AGAIN_MS);
      } catch (error) {
        if (isGone()) return;
        setFailure(messageOf(error));
        again(LOOK_AGAIN_MS);
      }
    };
    const release = () => {
      if (!held || done.current) return;
      held = false;
      client.unlock(id).catch(() => undefined);
    };
    // Coming back from the browser's page cache the lock has to be taken anew.
    const returned = (event: PageTransitionEvent) => {
      if (event.persisted) void step();
    };
    window.addEventListener("pagehide", release);
    window.addEventListener("pageshow", returned);
    void step();
    return () => {
      left = true;
      clearTimeout(timer);
      window.removeEventListener("pagehide", release);
      window.removeEventListener("pageshow", returned);
      release();
    };
  }, [client, id, role]);

  const finish = useCallback(() => {
    done.current = true;
  }, []);

  return { opened, hold, failure, finish };
}

async function take(
  client: Client,
  id: string,
  role: Role,
  held: boolean,
): Promise<{ opened: Case; hold: Hold }> {
  if (!held) {
    const read = await client.case(id);
    if (read.state === "closed") return { opened: read, hold: "closed" };
    if (!MAY_JUDGE.includes(role)) return { opened: read, hold: "reader" };
  }
  try {
    return { opened: await client.lock(id), hold: "mine" };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 409) throw error;
    const read = await client.case(id);
    return { opened: read, hold: read.state === "closed" ? "closed" : "others" };
  }
}

/** When to renew: half way to the end of the lock. */
export function renewalDelay(lockedUntil: string | null, now: number): number {
  const left = lockedUntil === null ? 0 : Date.parse(lockedUntil) - now;
  return Math.max(RENEW_MS.least, Math.min(RENEW_MS.most, left / 2));
}
