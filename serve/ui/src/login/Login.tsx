import { type SyntheticEvent, useState } from "react";
import { type Client, messageOf } from "../api/client";
import type { Session } from "../api/types";

interface LoginProps {
  client: Client;
  notice: string | null;
  onBegun: (session: Session) => void;
}

export function Login({ client, notice, onBegun }: LoginProps) {
  const [failure, setFailure] = useState(notice);
  const [busy, setBusy] = useState(false);

  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const written = (name: string) => {
      const value = fields.get(name);
      return typeof value === "string" ? value : "";
    };
    setBusy(true);
    setFailure(null);
    try {
      onBegun(await client.logIn(written("username"), written("password")));
    } catch (error) {
      setFailure(messageOf(error));
      setBusy(false);
    }
  };

  return (
    <main className="login">
      <form onSubmit={submit} aria-labelledby="login-title" data-testid="login">
        <img src="/icon.svg" alt="" width="44" height="44" />
        <h1 id="login-title">RIAC</h1>
        <p>Remote Image Analysis Centre</p>
        <label>
          <span>Username</span>
          <input name="username" autoComplete="username" autoCapitalize="none" required autoFocus />
        </label>
        <label>
          <span>Password</span>
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <button type="submit" className="primary" disabled={busy}>
          {busy ? "Logging in…" : "Log in"}
        </button>
        <p role="alert" className="failure" data-testid="login-failure">
          {failure}
        </p>
      </form>
    </main>
  );
}
