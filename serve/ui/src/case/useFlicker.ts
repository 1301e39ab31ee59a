/** Entry and exit in turn on the same place: the eye sees at once what moves. */
import { useCallback, useEffect, useState } from "react";
import type { Side } from "../viewer/useViewing";

/** Slow enough not to harm: WCAG 2.2, 2.3.1 allows three flashes in a second. */
const TURN_MS = 700;

export interface Flicker {
  /** The side in front; null while both are shown. */
  on: Side | null;
  toggle: () => void;
  /** Change sides by hand; the turning stops. */
  change: () => void;
}

export function useFlicker(): Flicker {
  const [on, setOn] = useState<Side | null>(null);
  const [byHand, setByHand] = useState(false);
  const flickering = on !== null;

  useEffect(() => {
    if (!flickering || byHand) return;
    const timer = setInterval(() => setOn((side) => side && other(side)), TURN_MS);
    return () => clearInterval(timer);
  }, [flickering, byHand]);

  const toggle = useCallback(() => {
    setByHand(false);
    setOn((side) => (side === null ? "entry" : null));
  }, []);
  const change = useCallback(() => {
    setByHand(true);
    setOn((side) => side && other(side));
  }, []);
  return { on, toggle, change };
}

function other(side: Side): Side {
  return side === "entry" ? "exit" : "entry";
}
