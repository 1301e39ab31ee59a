/** Addresses of the screens, after the # so that any file server will do. */
import { useEffect, useState } from "react";

export type Route =
  | { screen: "queue"; state: "open" | "locked" | "closed" }
  | { screen: "case"; id: string }
  | { screen: "search"; text: string };

export function parse(hash: string): Route {
  const [screen, rest = ""] = hash.replace(/^#?\/?/, "").split(/\/(.*)/s);
  if (screen === "case" && /^[0-9a-f-]{36}$/i.test(rest)) return { screen: "case", id: rest };
  if (screen === "search" && rest !== "") return { screen, text: decoded(rest) };
  return { screen: "queue", state: rest === "locked" || rest === "closed" ? rest : "open" };
}

export function format(route: Route): string {
  if (route.screen === "case") return `#/case/${route.id}`;
  if (route.screen === "search") return `#/search/${encodeURIComponent(route.text)}`;
  return `#/queue/${route.state}`;
}

export function go(route: Route): void {
  window.location.hash = format(route);
}

export function useRoute(): Route {
  const [hash, setHash] = useState(window.location.hash);
  useEffect(() => {
    const changed = () => setHash(window.location.hash);
    window.addEventListener("hashchange", changed);
    return () => window.removeEventListener("hashchange", changed);
  }, []);
  return parse(hash);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
