// The sentence of the start page: its choices make one request, which builds a session that is played here.
import { openPlayer } from "./player.js";

const form = document.querySelector("[data-build]");
const find = name => document.querySelector(`[data-${name}]`);
const player = openPlayer(document.querySelector("[data-player]"));

const makeRequest = () => {
  const parts = [...form.querySelectorAll("select")].map(list => JSON.parse(list.selectedOptions[0].dataset.part));
  return Object.assign({}, ...parts);
};

// One field in a line. No word of a request has a comma or a colon in it.
const writeRequest = () => {
  const write = value => JSON.stringify(value).replaceAll(",", ", ").replaceAll(":", ": ");
  const lines = Object.entries(makeRequest()).map(([name, value]) => `  "${name}": ${write(value)}`);
  return `{\n${lines.join(",\n")}\n}`;
};

const showRequest = () => {
  const body = writeRequest();
  for (const code of document.querySelectorAll("[data-sample]")) {
    code.textContent = code.dataset.sample.replace("{body}", () => body);
  }
};

const showProblem = text => {
  find("problem").textContent = text;
  find("problem").hidden = false;
  find("built").hidden = find("player").hidden = true;
  player.pause();
};

const fillList = (list, texts) => {
  list.replaceChildren(...texts.map(text => {
    const item = document.createElement("li");
    item.append(text);
    return item;
  }));
};

const linkExercise = exercise => {
  const link = document.createElement("a");
  link.href = form.dataset.exercise + exercise.slug;
  link.textContent = exercise.name;
  return link;
};

const writeShortfall = session => {
  const { shorter } = find("notes").dataset;
  return shorter.replace("{minutes}", Math.round(session.shortfall_s / 60)).replace("{reason}", session.shortfall_reason);
};

const showSession = (session, address) => {
  find("problem").hidden = true;
  find("hero")?.remove();
  const items = session.phases.flatMap(phase => phase.items);
  find("title").textContent = session.title;
  fillList(find("notes"), [session.shortfall_s >= 60 && writeShortfall(session), ...session.notes].filter(Boolean));
  find("notes").hidden = !find("notes").children.length;
  fillList(find("items"), items.map(item => {
    const words = document.createElement("span");
    words.append(linkExercise(item.exercise), `: ${item.why.join(" ")}`);
    return words;
  }));
  const cautions = items.flatMap(item => item.cautions.map(caution => `${item.exercise.name}: ${caution.advice}`));
  fillList(find("cautions"), cautions);
  find("cautions-box").hidden = cautions.length === 0;
  find("excluded").textContent = session.excluded.map(excluded => excluded.name).join(", ");
  find("excluded-box").hidden = session.excluded.length === 0;
  find("session-link").href = form.dataset.page + session.id;
  find("session-link").hidden = !session.stored;
  find("disclaimer").textContent = session.disclaimer.text;
  find("built").hidden = false;
  player.load(session.timeline, address);
  player.play();
  find("player").scrollIntoView({ block: "nearest" });
};

const explain = problem => {
  const suggestions = problem.suggestions?.map(suggestion => suggestion.change) ?? problem.instead ?? [];
  const instead = suggestions.length ? find("problem").dataset.instead.replace("{suggestions}", suggestions.join("; ")) : "";
  return `${problem.detail} ${instead}`;
};

form.addEventListener("change", showRequest);
form.addEventListener("submit", async event => {
  event.preventDefault();
  const button = form.querySelector("button");
  const label = button.textContent;
  button.disabled = true;
  button.textContent = button.dataset.building;
  try {
    const answer = await fetch(form.dataset.url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(makeRequest()),
    });
    const content = await answer.json();
    answer.ok ? showSession(content, answer.url) : showProblem(explain(content));
  } catch {
    showProblem(find("problem").dataset.failed);
  }
  button.disabled = false;
  button.textContent = label;
});
form.hidden = false;
showRequest();
