// Plays a session in the page: a ring that runs down, the picture of the side, cues that are spoken on wish.
// It reads only what each event of a timeline says, and needs no network once its pictures are loaded.
const TICK_MS = 200;
const RESTART_AFTER_S = 2;

class Player {
  constructor(root) {
    this.root = root;
    this.find = name => root.querySelector(`[data-player-${name}]`);
    this.texts = JSON.parse(this.find("texts").textContent);
    this.isPlaying = this.isSpeaking = false;
    this.pictures = new Map();
    this.find("toggle").addEventListener("click", () => this.toggle());
    this.find("back").addEventListener("click", () => this.goBack());
    this.find("skip").addEventListener("click", () => this.seek(this.index + 1));
    this.find("voice").addEventListener("click", () => this.setSpeaking(!this.isSpeaking));
    this.find("voice").hidden = !("speechSynthesis" in window);
    document.addEventListener("keydown", event => this.pressKey(event));
    document.addEventListener("visibilitychange", () => this.keepAwake());
    window.addEventListener("pagehide", () => this.hush());
  }

  // `base` is the address that the paths of the pictures are relative to.
  load(timeline, base) {
    this.pause();
    this.events = timeline.map(event => ({ ...event, figure: event.figure && this.locate(event.figure, base) }));
    const last = this.events.at(-1);
    this.duration = last.at_s + last.duration_s;
    this.exercises = last.position_in_session;
    this.loadPictures();
    this.seek(0);
    this.root.hidden = false;
  }

  locate(figure, base) {
    const address = new URL(figure, base);
    address.searchParams.set("theme", this.root.dataset.theme);
    return address.href;
  }

  // Whole files are kept, because a cache may forget them, and a picture that is shown anew must not wait.
  async loadPictures() {
    for (const address of this.figures) {
      if (this.pictures.has(address)) continue;
      try {
        const answer = await fetch(address);
        if (answer.ok) this.pictures.set(address, URL.createObjectURL(await answer.blob()));
      } catch { /* without a network the picture is asked for again when it is shown */ }
    }
  }

  get figures() { return new Set(this.events.map(event => event.figure).filter(Boolean)); }
  get event() { return this.events[this.index]; }
  get isOver() { return this.position >= this.duration; }

  toggle() { this.isPlaying ? this.pause() : this.play(); }

  play() {
    if (this.isOver) this.seek(0);
    this.isPlaying = true;
    this.lastTick = performance.now();
    this.timer ??= setInterval(() => this.tick(), TICK_MS);
    this.keepAwake();
    this.showControls();
    this.speakBetween(this.position - this.event.at_s ? this.position : -1, this.position);
  }

  pause() {
    this.isPlaying = false;
    clearInterval(this.timer);
    this.timer = undefined;
    this.hush();
    this.keepAwake();
    if (this.events) this.showControls();
  }

  tick() {
    const now = performance.now();
    const before = this.position;
    this.position = Math.min(before + (now - this.lastTick) / 1000, this.duration);
    this.lastTick = now;
    let index = this.index;
    while (index + 1 < this.events.length && this.events[index + 1].at_s <= this.position) index += 1;
    if (index !== this.index) {
      this.index = index;
      this.showEvent();
    }
    this.speakBetween(before, this.position);
    this.showTime();
    if (this.isOver) this.pause();
  }

  goBack() {
    const isBegun = this.position - this.event.at_s > RESTART_AFTER_S;
    this.seek(isBegun ? this.index : this.index - 1);
  }

  seek(index) {
    this.index = Math.min(Math.max(index, 0), this.events.length - 1);
    this.position = this.event.at_s;
    this.hush();
    this.showEvent();
    this.showTime();
    if (this.isOver && this.isPlaying) this.pause();
    else if (this.isPlaying) this.speakBetween(-1, this.position);
  }

  // Speaks the lines of the present event after one moment and up to another.
  speakBetween(after, until) {
    if (!this.isSpeaking) return;
    for (const line of this.event.say) {
      const at = this.event.at_s + line.at_s;
      if (at > after && at <= until) this.speak(line.text);
    }
  }

  speak(text) {
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = document.documentElement.lang;
    speechSynthesis.speak(spoken);
  }

  hush() {
    if ("speechSynthesis" in window) speechSynthesis.cancel();
  }

  setSpeaking(isSpeaking) {
    this.isSpeaking = isSpeaking;
    this.find("voice").setAttribute("aria-pressed", isSpeaking);
    // Who has the cues spoken does not want to hear them from a screen reader as well.
    this.find("cue").setAttribute("aria-live", isSpeaking ? "off" : "polite");
    isSpeaking ? this.speak(this.event.say[0].text) : this.hush();
  }

  async keepAwake() {
    if (!this.isPlaying) {
      this.lock?.release();
      this.lock = undefined;
    } else if (document.visibilityState === "visible" && (!this.lock || this.lock.released)) {
      try {
        const lock = await navigator.wakeLock?.request("screen");
        this.isPlaying ? this.lock = lock : lock?.release();
      } catch { /* refused, to save the battery for instance: the session plays all the same */ }
    }
  }

  pressKey(event) {
    const isElsewhere = event.target !== document.body && !this.root.contains(event.target);
    if (this.root.hidden || isElsewhere || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const isOnButton = event.target.closest("button, a");
    if (event.key === " " && !isOnButton) this.toggle();
    else if (event.key === "ArrowLeft") this.goBack();
    else if (event.key === "ArrowRight") this.seek(this.index + 1);
    else return;
    event.preventDefault();
  }

  fill(name, values) {
    return this.texts[name].replace(/\{(\w+)\}/g, (_, field) => values[field]);
  }

  showEvent() {
    const event = this.event;
    const where = [this.fill("exercise", { number: event.position_in_session, total: this.exercises })];
    if (event.sets > 1 && event.set) where.push(this.fill("set", { number: event.set, total: event.sets }));
    this.find("where").textContent = where.join(" · ");
    this.find("name").textContent = event.name;
    this.find("text").textContent = event.text;
    this.find("cue").textContent = event.say[0].text;
    this.root.dataset.kind = event.kind;
    const figure = this.find("figure");
    figure.hidden = !event.figure;
    const picture = this.pictures.get(event.figure) ?? event.figure;
    if (picture && figure.src !== picture) figure.src = picture;
    this.showControls();
  }

  showTime() {
    const event = this.event;
    const left = Math.max(event.at_s + event.duration_s - this.position, 0);
    this.find("count").textContent = Math.ceil(left);
    this.find("ring").style.strokeDashoffset = event.duration_s ? 1 - left / event.duration_s : 1;
    this.find("progress").value = this.duration ? this.position / this.duration : 1;
    const rest = Math.ceil(this.duration - this.position);
    this.find("left").textContent = `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}`;
  }

  showControls() {
    const name = this.isPlaying ? "pause" : this.isOver ? "again" : "play";
    this.find("toggle").textContent = this.texts[name];
    this.root.dataset.state = this.isPlaying ? "playing" : this.isOver ? "done" : "paused";
    this.find("back").disabled = this.index === 0 && this.position === 0;
    this.find("skip").disabled = this.isOver;
  }
}

export const openPlayer = root => new Player(root);

export const players = [];
for (const root of document.querySelectorAll("[data-player]")) {
  const timeline = root.querySelector("[data-player-timeline]");
  if (!timeline) continue;
  players.push(openPlayer(root));
  players.at(-1).load(JSON.parse(timeline.textContent), location.href);
}
