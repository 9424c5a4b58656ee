// Files that somebody puts into a form: photos from a phone and documents. Each is kept in this browser until the form
// was sent, so that a dead phone loses nothing; it is sent to the server as soon as there is one and somebody is signed
// in. Big photos are made smaller first.
import { reactive } from 'vue'
import { session } from './api'
import { language, t } from './language'
import { asRefusal, refusalOf, unreachable, type Refusal } from './problem'

export interface FormFileItem {
  key: string
  draft: string
  field: string
  name: string
  type: string
  size: number
  at: number
  /** As the server calls it, once it has it. */
  id?: string
  /** Missing where the browser keeps nothing and the page was loaded anew. */
  blob?: Blob
  /** 0–1 while it is being sent. */
  sent: number
  busy: boolean
  refusal: Refusal | null
  /** A small picture of it, as a data URL. */
  picture: string
}

export const acceptedFiles = 'image/jpeg,image/png,image/webp,application/pdf,.pdf,.docx,.xlsx,.txt,.wav,.mp3'
const mediaTypes: Record<string, string> = {
  jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', pdf: 'application/pdf', txt: 'text/plain',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}
const typeOf = (name: string): string => mediaTypes[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream'
const isPicture = (type: string) => /^image\/(jpeg|png|webp)$/.test(type)

export function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

// What the browser keeps: IndexedDB holds files, which localStorage can't.

const oldest = 30 * 24 * 3_600_000
type Kept = Pick<FormFileItem, 'key' | 'draft' | 'field' | 'name' | 'type' | 'size' | 'at' | 'id' | 'blob' | 'picture'>
let opening: Promise<IDBDatabase> | undefined
function database(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('jinyue', 1)
    request.onupgradeneeded = () => request.result.createObjectStore('files', { keyPath: 'key' }).createIndex('draft', 'draft')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('indexedDB'))
  })
  opening.catch(() => (opening = undefined))
  return opening
}
/** undefined where the browser keeps nothing: the file is then in the page only. */
async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const store = (await database()).transaction('files', mode).objectStore('files')
    return await new Promise<T>((resolve, reject) => {
      const request = work(store)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('indexedDB'))
    })
  } catch {
    return undefined
  }
}
const keepItem = (item: FormFileItem) => {
  const { key, draft, field, name, type, size, at, id, blob, picture } = item
  return inStore('readwrite', (store) => store.put({ key, draft, field, name, type, size, at, id, blob, picture } satisfies Kept))
}

/** Removes what nobody came back to. */
export async function dropOldFiles(): Promise<void> {
  const all = (await inStore('readonly', (store) => store.getAll() as IDBRequest<Kept[]>)) ?? []
  for (const item of all) if (Date.now() - item.at > oldest) await inStore('readwrite', (store) => store.delete(item.key))
}

// Pictures.

async function drawn(blob: Blob, longest: number, quality: number): Promise<{ canvas: HTMLCanvasElement; smaller: boolean; jpeg: () => Promise<Blob | null>; url: () => string } | null> {
  try {
    const bitmap = await createImageBitmap(blob)
    const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(bitmap.width * scale))
    canvas.height = Math.max(1, Math.round(bitmap.height * scale))
    const context = canvas.getContext('2d')
    if (!context) return null
    // What is transparent becomes white: a JPEG would make it black.
    context.fillStyle = '#fff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    bitmap.close()
    return {
      canvas,
      smaller: scale < 1,
      jpeg: () => new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality)),
      url: () => canvas.toDataURL('image/jpeg', quality),
    }
  } catch {
    return null // no picture that this browser can read: the server says what is wrong with it
  }
}
const longestSide = 2_048
const small = 600_000
/** A photo as it is sent: at most 2,048 pixels on its longer side, or as it is when that is no smaller. */
async function madeSmaller(file: File): Promise<{ blob: Blob; name: string; type: string }> {
  const type = isPicture(file.type) ? file.type : typeOf(file.name)
  const same = { blob: file as Blob, name: file.name, type }
  if (!isPicture(type) || file.size <= small) return same
  const picture = await drawn(file, longestSide, 0.85)
  const jpeg = picture && (picture.smaller || type !== 'image/png') ? await picture.jpeg() : null
  if (!jpeg || jpeg.size >= file.size) return same
  return { blob: jpeg, name: file.name.replace(/\.\w+$/, '') + '.jpg', type: 'image/jpeg' }
}

// Sending.

function send(item: FormFileItem): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/attachments?name=${encodeURIComponent(item.name)}`)
    request.setRequestHeader('Content-Type', item.type)
    request.setRequestHeader('Accept-Language', language.value === 'zh' ? 'zh-CN' : 'en')
    if (session.csrf) request.setRequestHeader('X-CSRF-Token', session.csrf)
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) item.sent = event.loaded / event.total
    }
    request.onerror = () => reject(unreachable())
    request.onload = () => {
      let body: unknown = null
      try {
        body = JSON.parse(request.responseText)
      } catch {
        // no JSON: the status says enough
      }
      if (request.status === 201) return resolve((body as { id: string }).id)
      const refusal = refusalOf(request.status, body)
      if (refusal.expired) session.onExpired()
      reject(refusal)
    }
    request.send(item.blob)
  })
}

export interface FormFiles {
  items: FormFileItem[]
  of: (field: string) => FormFileItem[]
  add: (field: string, files: Iterable<File>) => Promise<void>
  remove: (item: FormFileItem) => void
  retry: (item: FormFileItem) => void
  /** Sends what is still here; false when something could not be sent, which its field tells. */
  sendAll: () => Promise<boolean>
  pending: () => FormFileItem[]
  /** Answers by field: ids of what was sent. Fields with one file have a text, others a list. */
  answers: (many: (field: string) => boolean) => Record<string, string | string[]>
  /** The server does not know them any more: they are sent again. */
  forgetIds: () => void
  /** The form was sent, or is to begin afresh. */
  drop: () => void
}
export const filesKey = Symbol('files')

/** The files of one form. `maySend`: whether somebody is signed in; who is not sends them later. */
export function useFiles(draft: string, maySend: () => boolean): FormFiles {
  const items = reactive<FormFileItem[]>([])
  void inStore('readonly', (store) => store.index('draft').getAll(draft) as IDBRequest<Kept[]>).then((kept) => {
    for (const each of kept ?? []) if (!items.some((item) => item.key === each.key)) items.push({ ...each, sent: each.id ? 1 : 0, busy: false, refusal: null })
    items.sort((a, b) => a.at - b.at)
    if (maySend()) void sendAll()
  })
  async function sendOne(item: FormFileItem): Promise<boolean> {
    if (item.id) return true
    if (item.busy || !item.blob) return false
    item.busy = true
    item.refusal = null
    item.sent = 0
    try {
      item.id = await send(item)
      item.sent = 1
      if (items.includes(item)) void keepItem(item)
      return true
    } catch (thrown) {
      item.refusal = asRefusal(thrown)
      return false
    } finally {
      item.busy = false
    }
  }
  let sending: Promise<boolean> | null = null
  function sendAll(): Promise<boolean> {
    const last = sending ?? Promise.resolve(true)
    const mine: Promise<boolean> = last.then(async () => {
      let all = true
      // One after the other: a phone's line is narrow, and one that is through is through.
      for (const item of [...items]) all = (await sendOne(item)) && all
      return all
    })
    sending = mine
    return mine
  }
  const forget = (item: FormFileItem) => {
    void inStore('readwrite', (store) => store.delete(item.key))
    // What was sent and is in no case is the server's to throw away; it does so by itself after some days, too.
    if (item.id) void fetch(`/api/v1/attachments/${item.id}`, { method: 'DELETE', headers: { 'X-CSRF-Token': session.csrf } }).catch(() => {})
  }
  return {
    items,
    of: (field) => items.filter((item) => item.field === field),
    async add(field, files) {
      for (const file of files) {
        const { blob, name, type } = await madeSmaller(file)
        const picture = isPicture(type) ? ((await drawn(blob, 240, 0.7))?.url() ?? '') : ''
        const key = `${draft} ${Date.now()} ${Math.random().toString(36).slice(2, 8)}`
        items.push({ key, draft, field, name, type, size: blob.size, at: Date.now(), blob, picture, sent: 0, busy: false, refusal: null })
        await keepItem(items[items.length - 1]!)
      }
      if (maySend()) void sendAll()
    },
    remove(item) {
      const at = items.indexOf(item)
      if (at >= 0) items.splice(at, 1)
      forget(item)
    },
    retry(item) {
      item.refusal = null
      void sendAll()
    },
    sendAll,
    pending: () => items.filter((item) => !item.id),
    answers(many) {
      const found: Record<string, string | string[]> = {}
      for (const item of items) {
        const value = item.id ?? item.key
        const before = found[item.field]
        found[item.field] = many(item.field) ? [...(Array.isArray(before) ? before : []), value] : value
      }
      return found
    },
    forgetIds() {
      for (const item of items) item.id = undefined
    },
    drop() {
      for (const item of items) void inStore('readwrite', (store) => store.delete(item.key))
      items.splice(0)
    },
  }
}

/** What a file is, in a word. */
export function kindText(type: string): string {
  if (type.startsWith('image/')) return t('图片', 'picture')
  if (type.startsWith('audio/')) return t('录音', 'recording')
  if (type === 'application/pdf') return 'PDF'
  if (type.includes('wordprocessing')) return 'Word'
  if (type.includes('spreadsheet')) return 'Excel'
  return t('文件', 'file')
}
