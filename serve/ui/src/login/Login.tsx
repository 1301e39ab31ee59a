import { type FormEvent, useState } from "react";
import { type Client, messageOf } from "../api/client";
import type { Session } from "../api/types";

interface LoginProps {
  client: Client;
  notice: string | null;
  onBegun(session: Session): void;
}

export function Login({ client, notice, onBegun }: LoginProps) {
  const [failure, setFailure] = useState(notice);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setFailure(null);
    try {
      onBegun(await client.logIn(String(fields.get("username")), String(fields.get("password"))));
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
          {/* biome-ignore lint/a11y/noAutofocus: the only thing to do on this screen */}
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
