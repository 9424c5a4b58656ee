// A made-up photo: a picture of stripes, as large as wanted.
import { openWindow } from './browser'

export interface Photo {
  name: string
  mimeType: string
  buffer: Buffer
}

/** Drawn in a window of its own, since nothing else here writes JPEG. */
export async function photo(name: string, width: number, height: number, noise = false): Promise<Photo> {
  const window = await openWindow()
  try {
    const url = await window.page.evaluate(
      ([w, h, loud]) => {
        const canvas = document.createElement('canvas')
        canvas.width = w
        canvas.height = h
        const context = canvas.getContext('2d')!
        if (loud) {
          // Noise can't be compressed: as heavy as what a camera makes.
          const pixels = context.createImageData(w, h)
          let state = 1
          for (let i = 0; i < pixels.data.length; i++) pixels.data[i] = i % 4 === 3 ? 255 : ((state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16) & 255
          context.putImageData(pixels, 0, 0)
        } else {
          for (let x = 0; x < w; x += 40) {
            context.fillStyle = x % 80 ? '#d98a00' : '#174a8f'
            context.fillRect(x, 0, 40, h)
          }
        }
        return canvas.toDataURL('image/jpeg', 0.95)
      },
      [width, height, noise] as const,
    )
    return { name, mimeType: 'image/jpeg', buffer: Buffer.from(url.split(',')[1]!, 'base64') }
  } finally {
    await window.close()
  }
}
