// Live updates: one stream per page. The browser comes back by itself with the last id; a stream that the
// server refuses (session over, too many) is tried again with growing pauses.
export type LiveState = 'connecting' | 'open' | 'lost'

export interface LiveOptions {
  /** Types of events to hand on; `reset` always is. */
  types: string[]
  /** type, data as it came */
  event: (type: string, data: string) => void
  /** Something may have been missed: read lists afresh. Also when a lost stream is there again. */
  reset: () => void
  state?: (state: LiveState) => void
}

/** Returns how to end it. */
export function followLive(url: string, options: LiveOptions): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = 1_000
  let wasLost = false
  let ended = false
  const open = () => {
    options.state?.('connecting')
    source = new EventSource(url)
    source.onopen = () => {
      pause = 1_000
      options.state?.('open')
      if (wasLost) options.reset()
      wasLost = false
    }
    source.onerror = () => {
      options.state?.('lost')
      if (source?.readyState !== EventSource.CLOSED || ended) return
      wasLost = true
      timer = setTimeout(open, pause)
      pause = Math.min(pause * 2, 30_000)
    }
    for (const type of options.types) {
      source.addEventListener(type, (event) => options.event(type, (event as MessageEvent<string>).data))
    }
    source.addEventListener('reset', () => options.reset())
  }
  open()
  return () => {
    ended = true
    clearTimeout(timer)
    source?.close()
  }
}
