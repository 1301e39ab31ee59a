import { type SyntheticEvent, useEffect, useRef } from "react";
import type { Client } from "../api/client";
import type { Session } from "../api/types";
import { useShortcuts } from "../keyboard/shortcuts";
import { format, go } from "../router";

interface TopBarProps {
  client: Client;
  session: Session;
  searched: string;
  onHelp: () => void;
  onOver: () => void;
}

export function TopBar({ client, session, searched, onHelp, onOver }: TopBarProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current !== null) field.current.value = searched;
  }, [searched]);
  useShortcuts({ "/": () => field.current?.focus() });

  const search = (event: SyntheticEvent) => {
    event.preventDefault();
    const text = field.current?.value.trim() ?? "";
    go(text === "" ? { screen: "queue", state: "open" } : { screen: "search", text });
    field.current?.blur();
  };
  const leave = () => {
    client.logOut().catch(() => undefined);
    onOver();
  };

  return (
    <header className="top-bar">
      <a className="brand" href={format({ screen: "queue", state: "open" })}>
        <img src="/icon.svg" alt="" width="22" height="22" />
        <strong>RIAC</strong>
      </a>
      <search>
        <form onSubmit={search}>
          <input
            ref={field}
            type="search"
            aria-label="Container or declaration number"
            placeholder="Container or declaration  /"
            data-testid="search"
          />
        </form>
      </search>
      <span className="spacer" />
      <button type="button" className="quiet" onClick={onHelp} aria-label="Keys">
        <kbd>?</kbd> Keys
      </button>
      <span className="who" data-testid="who">
        {session.display_name || session.username}
        <small>{session.role}</small>
      </span>
      <button type="button" className="quiet" onClick={leave} data-testid="log-out">
        Log out
      </button>
    </header>
  );
}
