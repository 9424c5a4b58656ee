// PNG with at most 256 colours: pictures of pages have few, and are a third of the size so. Reads what Chromium
// writes (8 bits, RGB or RGBA, not interlaced).
import { deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])

function decode(png) {
  const data = []
  let width = 0, height = 0, channels = 0
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const body = png.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') {
      width = body.readUInt32BE(0)
      height = body.readUInt32BE(4)
      channels = { 2: 3, 6: 4 }[body[9]]
      if (body[8] !== 8 || !channels || body[12]) throw new Error('not a PNG as Chromium writes it')
    } else if (type === 'IDAT') data.push(body)
    at += 12 + length
  }
  const packed = inflateSync(Buffer.concat(data))
  const row = width * channels
  const pixels = Buffer.alloc(row * height)
  for (let y = 0; y < height; y++) {
    const filter = packed[y * (row + 1)]
    for (let x = 0; x < row; x++) {
      const to = y * row + x
      const left = x >= channels ? pixels[to - channels] : 0
      const up = y ? pixels[to - row] : 0
      const corner = y && x >= channels ? pixels[to - row - channels] : 0
      const toLeft = Math.abs(up - corner), toUp = Math.abs(left - corner), toCorner = Math.abs(left + up - 2 * corner)
      const paeth = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
      pixels[to] = packed[y * (row + 1) + 1 + x] + [0, left, up, (left + up) >> 1, paeth][filter]
    }
  }
  return { width, height, channels, pixels }
}

/** Median cut: boxes of colours are halved where they are longest and fullest, until there are 256. */
function palette(counts) {
  const boxes = [[...counts].map(([colour, count]) => ({ colour, count, at: [colour >> 16, (colour >> 8) & 255, colour & 255] }))]
  const spread = (box) => {
    const lengths = [0, 1, 2].map((i) => Math.max(...box.map((c) => c.at[i])) - Math.min(...box.map((c) => c.at[i])))
    const axis = lengths.indexOf(Math.max(...lengths))
    return { axis, weight: lengths[axis] ** 2 * Math.sqrt(box.reduce((sum, c) => sum + c.count, 0)) }
  }
  const known = boxes.map(spread)
  while (boxes.length < 256) {
    const fullest = known.reduce((best, each, i) => (each.weight > known[best].weight ? i : best), 0)
    if (!known[fullest].weight) break
    const { axis } = known[fullest]
    const box = boxes[fullest].sort((a, b) => a.at[axis] - b.at[axis])
    const half = box.reduce((sum, c) => sum + c.count, 0) / 2
    let seen = 0
    let cut = box.findIndex((c) => (seen += c.count) >= half)
    cut = Math.min(Math.max(cut, 1), box.length - 1)
    boxes.splice(fullest, 1, box.slice(0, cut), box.slice(cut))
    known.splice(fullest, 1, spread(boxes[fullest]), spread(boxes[fullest + 1]))
  }
  const index = new Map()
  const colours = boxes.map((box, i) => {
    const total = box.reduce((sum, c) => sum + c.count, 0)
    for (const { colour } of box) index.set(colour, i)
    // The commonest colour of a box if it is most of it, so that grounds and texts keep theirs.
    const most = box.reduce((a, b) => (b.count > a.count ? b : a))
    return most.count * 2 > total ? most.at : [0, 1, 2].map((i) => Math.round(box.reduce((sum, c) => sum + c.at[i] * c.count, 0) / total))
  })
  return { colours, index }
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1
  return n
})
function chunk(type, body) {
  const out = Buffer.alloc(12 + body.length)
  out.writeUInt32BE(body.length, 0)
  out.write(type, 4, 'latin1')
  body.copy(out, 8)
  let crc = 0xffffffff
  for (const byte of out.subarray(4, 8 + body.length)) crc = crcTable[(crc ^ byte) & 255] ^ (crc >>> 8)
  out.writeUInt32BE(~crc >>> 0, 8 + body.length)
  return out
}

export function smallPng(png) {
  const { width, height, channels, pixels } = decode(png)
  const counts = new Map()
  const colourAt = (at) => (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2]
  for (let at = 0; at < pixels.length; at += channels) counts.set(colourAt(at), (counts.get(colourAt(at)) ?? 0) + 1)
  const { colours, index } = palette(counts)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0, at = 0; y < height; y++) for (let x = 0; x < width; x++, at += channels) rows[y * (width + 1) + 1 + x] = index.get(colourAt(at))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([signature, chunk('IHDR', header), chunk('PLTE', Buffer.from(colours.flat())), chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))])
}
