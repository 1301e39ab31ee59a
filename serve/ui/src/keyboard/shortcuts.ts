/** Single-key commands: which key means what, and when keys belong to a text field instead. */
import { useEffect, useRef } from "react";

export type Shortcuts = Readonly<Record<string, () => void>>;

interface Stroke {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  defaultPrevented: boolean;
}

/** The command a stroke asks for, or null; while typing only Escape is a command. */
export function commandFor(stroke: Stroke, shortcuts: Shortcuts, typing: boolean) {
  if (stroke.defaultPrevented || stroke.ctrlKey || stroke.metaKey || stroke.altKey) return null;
  if (typing && stroke.key !== "Escape") return null;
  return shortcuts[stroke.key] ?? null;
}

export function isTextField(element: EventTarget | null): boolean {
  return (
    element instanceof HTMLElement &&
    (element.isContentEditable || element.matches("input:not([type=checkbox]), textarea, select"))
  );
}

/** Enter and the space bar press the focused button or follow the link rather than a command. */
function isPress(stroke: KeyboardEvent): boolean {
  return (
    (stroke.key === "Enter" || stroke.key === " ") &&
    stroke.target instanceof HTMLElement &&
    stroke.target.matches("button, a, summary, [role=tab]")
  );
}

/** Listen to single keys while the component is shown. */
export function useShortcuts(shortcuts: Shortcuts, active = true): void {
  const current = useRef(shortcuts);
  current.current = shortcuts;
  useEffect(() => {
    if (!active) return;
    const listen = (stroke: KeyboardEvent) => {
      const command = commandFor(stroke, current.current, isTextField(stroke.target));
      if (command === null || isPress(stroke)) return;
      stroke.preventDefault();
      command();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [active]);
}
