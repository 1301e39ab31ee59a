import { createRoot } from "react-dom/client";
import { App } from "./app";
import "./style/base.css";
import "./style/queue.css";
import "./style/case.css";
import "./style/viewer.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(<App />);
