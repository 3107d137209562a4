// Keeps this page in the browser with all that it shows and plays, so that it opens again without a network.
// Each page has a cache of its own, named by its content: another content replaces it whole, and the oldest pages give way.
import { players } from "./player.js";

const MAX_PAGES = 12;
const BASE = new URL("../../", import.meta.url);
const CACHE_PREFIX = `thoracic-mobility ${BASE.pathname} `;
const PAGE = location.pathname;

const listAddresses = () => {
  const linked = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], img, source");
  const addresses = [...linked].map(({ href, src, srcset }) => href || src || srcset).filter(Boolean);
  const own = addresses.filter(address => !address.startsWith("blob:"));
  return new Set([...own, ...players.flatMap(player => [...player.figures])].map(each => new URL(each, location).href));
};

const nameCache = async content => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(content)));
  const version = Array.from(digest.slice(0, 8), byte => byte.toString(16).padStart(2, "0")).join("");
  return `${CACHE_PREFIX}${PAGE} ${version}`;
};

// The page itself is put last: a cache that holds it is complete.
const fillCache = async (name, answer) => {
  const cache = await caches.open(name);
  await cache.addAll([...listAddresses()]);
  await cache.put(PAGE, answer);
};

const removeOlder = async name => {
  const others = (await caches.keys()).filter(each => each.startsWith(CACHE_PREFIX) && each !== name);
  const isThisPage = each => each.startsWith(`${CACHE_PREFIX}${PAGE} `);
  const otherPages = others.filter(each => !isThisPage(each));
  const tooMany = otherPages.slice(0, Math.max(otherPages.length + 1 - MAX_PAGES, 0));
  await Promise.all([...others.filter(isThisPage), ...tooMany].map(each => caches.delete(each)));
};

const keepPage = async () => {
  await navigator.serviceWorker.register(new URL("service-worker.js", BASE));
  const answer = await fetch(PAGE);
  if (!answer.ok) return;
  const name = await nameCache(await answer.clone().text());
  if (!await caches.match(PAGE, { cacheName: name })) await fillCache(name, answer);
  await removeOlder(name);
  await navigator.serviceWorker.ready;
  for (const note of document.querySelectorAll("[data-offline]")) note.hidden = false;
};

// Where there is no room, or no network after all, the page works as it does without this.
const tryToKeepPage = () => keepPage().catch(error => console.debug("The page is not kept:", error));

if ("serviceWorker" in navigator && "caches" in window) {
  document.readyState === "complete" ? tryToKeepPage() : addEventListener("load", tryToKeepPage);
}
