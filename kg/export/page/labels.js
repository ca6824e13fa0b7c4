// Labels on the canvas: the most important first, each only where it covers no other.

const LONGEST = 38;
/** Labels of one frame: with more, a full view reads as a wall of text. */
const MOST = 220;

/** A label short enough for the canvas, cut between characters. */
function short(text) {
  const characters = [...text.replace(/\s+/gu, " ").trim()];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : characters.join("");
}

/** Rectangles that are taken, in a grid so that asking is quick. */
function makeRoom() {
  const size = 64;
  const cells = new Map();
  const each = (box, visit) => {
    for (let i = Math.floor(box.x / size); i <= Math.floor((box.x + box.w) / size); i += 1) {
      for (let j = Math.floor(box.y / size); j <= Math.floor((box.y + box.h) / size); j += 1) visit(`${i},${j}`);
    }
  };
  return {
    take(box) {
      each(box, (key) => {
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push(box);
      });
    },
    free(box) {
      let free = true;
      each(box, (key) => {
        for (const other of cells.get(key) ?? []) {
          if (box.x < other.x + other.w && other.x < box.x + box.w && box.y < other.y + other.h && other.y < box.y + box.h) free = false;
        }
      });
      return free;
    },
  };
}

function makeLabels() {
  const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
  const widths = new Map();
  function width(ctx, text, weight) {
    const key = weight + text;
    if (!widths.has(key)) {
      ctx.font = `${weight} 100px ${FONT}`;
      widths.set(key, ctx.measureText(text).width / 100);
    }
    return widths.get(key);
  }

  /**
   * Draw the labels of one frame.
   *
   * `items` are `{text, x, y, r, size, weight, colour, must}` in order of importance, positions in graph
   * coordinates; `size` is the font's in pixels of the screen. The first `covering` may lie over nodes, and an
   * item with `must` is drawn wherever it is.
   */
  return function draw(ctx, network, items, discs, { ground, covering }) {
    const scale = network.getScale();
    const canvas = network.canvas.frame.canvas;
    const { width: W, height: H } = { width: canvas.clientWidth, height: canvas.clientHeight };
    const centre = network.getViewPosition();
    const [room, taken] = [makeRoom(), makeRoom()];
    const screen = (x, y) => [(x - centre.x) * scale + W / 2, (y - centre.y) * scale + H / 2];
    const inside = (box) => box.x >= 2 && box.y >= 2 && box.x + box.w <= W - 2 && box.y + box.h <= H - 2;
    for (const { x, y, r } of discs) {
      const [sx, sy] = screen(x, y);
      const side = r * scale * 0.8;
      if (side > 2.5 && sx > 0 && sy > 0 && sx < W && sy < H) taken.take({ x: sx - side, y: sy - side, w: 2 * side, h: 2 * side });
    }
    ctx.save();
    ctx.setTransform(canvas.width / W, 0, 0, canvas.height / H, 0, 0);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    let left = MOST;
    for (const [i, item] of items.entries()) {
      if (left === 0) break;
      const [sx, sy] = screen(item.x, item.y);
      if (sx < -80 || sy < -20 || sx > W + 80 || sy > H + 20) continue;
      const w = width(ctx, item.text, item.weight) * item.size + 6;
      const h = item.size * 1.25;
      const r = item.r * scale + 2;
      const places = item.r === 0
        ? [[0, 0]]
        : [[0, r + h / 2], [0, -r - h / 2], [r + w / 2, 0], [-r - w / 2, 0]];
      const box = ([dx, dy]) => ({ x: sx + dx - w / 2, y: sy + dy - h / 2, w, h });
      const clear = (place) => inside(box(place)) && room.free(box(place));
      const at = places.find((place) => clear(place) && taken.free(box(place)))
        ?? (i < covering ? places.find(clear) : null) ?? (item.must ? places[0] : null);
      if (!at) continue;
      left -= 1;
      const [cx, cy] = [sx + at[0], sy + at[1]];
      room.take({ x: cx - w / 2, y: cy - h / 2, w, h });
      ctx.font = `${item.weight} ${item.size}px ${FONT}`;
      ctx.lineWidth = 3.5;
      ctx.strokeStyle = ground;
      ctx.strokeText(item.text, cx, cy);
      ctx.fillStyle = item.colour;
      ctx.fillText(item.text, cx, cy);
    }
    ctx.restore();
  };
}
