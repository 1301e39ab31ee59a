import { useState } from "react";

const KEY = "riac.stacked";

/** Whether the pictures stand one over the other; remembered on this machine. */
export function useStacked(): [boolean, (stacked: boolean) => void] {
  const [stacked, setStacked] = useState(() => localStorage.getItem(KEY) === "yes");
  const change = (to: boolean) => {
    localStorage.setItem(KEY, to ? "yes" : "no");
    setStacked(to);
  };
  return [stacked, change];
}
