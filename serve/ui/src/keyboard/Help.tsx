import { useEffect, useRef } from "react";

const GROUPS: readonly { title: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    title: "Queue",
    keys: [
      ["j  k", "next, previous case"],
      ["Enter", "open the case"],
      ["/", "search"],
      ["1 2 3", "open, in work, closed"],
    ],
  },
  {
    title: "Pictures",
    keys: [
      ["i", "invert both"],
      ["r", "reset window and view"],
      ["f", "fit the container; again: the whole picture"],
      ["1 2 3 4", "window: cargo, dense, light, full"],
      ["w  p  a", "drag to window, pan, mark"],
      ["+  −  arrows", "zoom, move"],
      ["n  N", "next, previous region"],
      ["g  k  b", "regions, goods regions, container box"],
      ["m", "turn the entry picture round"],
      ["l", "side by side, or one over the other"],
      ["x  z", "flicker between entry and exit; turn by hand"],
    ],
  },
  {
    title: "Verdict",
    keys: [
      ["c", "clear"],
      ["e", "examine"],
      ["s", "rescan"],
      ["Ctrl Enter", "give the verdict"],
      ["Esc", "leave the field; back to the queue"],
    ],
  },
  {
    title: "Mouse",
    keys: [
      ["left drag", "the chosen tool"],
      ["middle drag", "pan"],
      ["right drag, wheel", "zoom"],
    ],
  },
];

/** The list of keys, over everything else. */
export function Help({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="help"
      aria-labelledby="help-title"
      data-testid="help"
      onClose={onClose}
    >
      <header>
        <h2 id="help-title">Keys</h2>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      <div className="help-groups">
        {GROUPS.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, meaning]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}
