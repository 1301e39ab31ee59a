import { useEffect, useMemo, useState } from "react";
import { Client, messageOf } from "./api/client";
import type { Session } from "./api/types";
import { CaseScreen } from "./case/CaseScreen";
import { Help } from "./keyboard/Help";
import { useShortcuts } from "./keyboard/shortcuts";
import { Login } from "./login/Login";
import { Queue } from "./queue/Queue";
import { Search } from "./queue/Search";
import { TopBar } from "./queue/TopBar";
import { useRoute } from "./router";

export function App() {
  const client = useMemo(() => new Client(), []);
  const [session, setSession] = useState<Session | null | undefined>(undefined);
  const [failure, setFailure] = useState<string | null>(null);

  useEffect(() => {
    client.onSessionOver = () => {
      setFailure("Your session is over. Please log in again.");
      setSession(null);
    };
    client.session().then(setSession, (error: unknown) => {
      setFailure(messageOf(error));
      setSession(null);
    });
  }, [client]);

  const begin = (begun: Session) => {
    setFailure(null);
    setSession(begun);
  };
  if (session === undefined) return <p className="waiting">Connecting…</p>;
  if (session === null) return <Login client={client} notice={failure} onBegun={begin} />;
  return <Workplace client={client} session={session} onOver={() => setSession(null)} />;
}

interface WorkplaceProps {
  client: Client;
  session: Session;
  onOver: () => void;
}

function Workplace({ client, session, onOver }: WorkplaceProps) {
  const route = useRoute();
  const [helpShown, setHelpShown] = useState(false);
  const [notice, setNotice] = useState<string | null>(null);
  useShortcuts({ "?": () => setHelpShown(true) }, !helpShown);

  // The viewer is the largest part: have it ready before the first case is opened.
  useEffect(() => {
    void import("./viewer/cornerstone");
  }, []);

  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(() => setNotice(null), 6000);
    return () => clearTimeout(timer);
  }, [notice]);

  return (
    <div className="workplace">
      <TopBar
        client={client}
        session={session}
        searched={route.screen === "search" ? route.text : ""}
        onHelp={() => setHelpShown(true)}
        onOver={onOver}
      />
      {route.screen === "case" && (
        <CaseScreen
          key={route.id}
          client={client}
          id={route.id}
          session={session}
          keysActive={!helpShown}
          onNotice={setNotice}
        />
      )}
      {route.screen === "queue" && (
        <Queue client={client} state={route.state} keysActive={!helpShown} />
      )}
      {route.screen === "search" && <Search key={route.text} client={client} text={route.text} />}
      <p className="notice" role="status" data-testid="notice" hidden={notice === null}>
        {notice}
      </p>
      {helpShown && <Help onClose={() => setHelpShown(false)} />}
    </div>
  );
}
