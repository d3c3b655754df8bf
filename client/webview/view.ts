const LARGEST_FIT = 1.4;
const RANGE = { least: 0.02, most: 6 };
const STEP = 1.2;

/** Pan and zoom of one element in the stage: by drag, wheel, keys and buttons. Untouched, the whole picture fits. */
export class View {
  readonly #stage: HTMLElement;
  readonly #content: HTMLElement;
  #size = { width: 1, height: 1 };
  #scale = 1;
  #x = 0;
  #y = 0;
  #touched = false;
  /** Kept, because to ask the page lays it out. */
  #stageSize = { width: 1, height: 1 };

  constructor(stage: HTMLElement, content: HTMLElement) {
    this.#stage = stage;
    this.#content = content;
    this.#measure();
    new ResizeObserver(() => {
      this.#measure();
      this.#settle();
    }).observe(stage);
    stage.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    stage.addEventListener("pointerdown", (event) => this.#drag(event));
    stage.addEventListener("keydown", (event) => this.#key(event));
  }

  /** A new picture has this size, in pixels. */
  resize(width: number, height: number): void {
    this.#size = { width: Math.max(width, 1), height: Math.max(height, 1) };
    this.#settle();
  }

  get stageSize(): { readonly width: number; readonly height: number } {
    return this.#stageSize;
  }

  zoomIn(): void {
    this.#zoom(STEP);
  }

  zoomOut(): void {
    this.#zoom(1 / STEP);
  }

  /** The whole picture, in the middle. */
  fit(): void {
    const stage = this.#stageSize;
    const { width, height } = this.#size;
    this.#touched = false;
    this.#scale = Math.max(
      RANGE.least,
      Math.min(LARGEST_FIT, (stage.width - 48) / width, (stage.height - 96) / height),
    );
    this.#x = (stage.width - width * this.#scale) / 2;
    this.#y = (stage.height - height * this.#scale) / 2;
    this.#apply();
  }

  #measure(): void {
    this.#stageSize = { width: this.#stage.clientWidth, height: this.#stage.clientHeight };
  }

  #settle(): void {
    if (this.#touched) this.#apply();
    else this.fit();
  }

  #apply(): void {
    this.#content.style.transform = `translate(${this.#x}px, ${this.#y}px) scale(${this.#scale})`;
  }

  /** Around a point of the stage; by default its middle. */
  #zoom(factor: number, x = this.#stageSize.width / 2, y = this.#stageSize.height / 2): void {
    const scale = Math.min(RANGE.most, Math.max(RANGE.least, this.#scale * factor));
    this.#x = x - ((x - this.#x) * scale) / this.#scale;
    this.#y = y - ((y - this.#y) * scale) / this.#scale;
    this.#scale = scale;
    this.#touched = true;
    this.#apply();
  }

  #pan(x: number, y: number): void {
    this.#x += x;
    this.#y += y;
    this.#touched = true;
    this.#apply();
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) {
      const { left, top } = this.#stage.getBoundingClientRect();
      this.#zoom(Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top);
    } else {
      this.#pan(-event.deltaX, -event.deltaY);
    }
  }

  #drag(event: PointerEvent): void {
    if (event.button !== 0) return;
    let last = { x: event.clientX, y: event.clientY };
    const ended = new AbortController();
    const { signal } = ended;
    window.addEventListener(
      "pointermove",
      ({ clientX: x, clientY: y }) => {
        this.#stage.classList.add("dragging");
        this.#pan(x - last.x, y - last.y);
        last = { x, y };
      },
      { signal },
    );
    const end = (): void => {
      this.#stage.classList.remove("dragging");
      ended.abort();
    };
    window.addEventListener("pointerup", end, { signal });
    window.addEventListener("pointercancel", end, { signal });
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") this.zoomIn();
    else if (event.key === "-") this.zoomOut();
    else if (event.key === "0") this.fit();
    else return;
    event.preventDefault();
  }
}
