// The text format of Prometheus, as far as the page shows it.
export interface MetricLine {
  name: string
  labels: Record<string, string>
  value: number
}

export function readMetrics(text: string): MetricLine[] {
  const lines: MetricLine[] = []
  for (const line of text.split('\n')) {
    const found = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)$/.exec(line)
    if (!found) continue
    const labels: Record<string, string> = {}
    for (const label of (found[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) labels[label[1]!] = label[2]!
    lines.push({ name: found[1]!, labels, value: Number(found[3]) })
  }
  return lines
}

export interface RouteFigures {
  route: string
  method: string
  count: number
  /** milliseconds */
  mean: number
  /** milliseconds: the bound of the bucket that holds the 95th percentile */
  p95: number
  faults: number
}

export function requestTable(lines: MetricLine[]): RouteFigures[] {
  const routes = new Map<string, { figures: RouteFigures; sum: number; buckets: [number, number][] }>()
  const at = (labels: Record<string, string>) => {
    const key = `${labels.method} ${labels.route}`
    let found = routes.get(key)
    if (!found) routes.set(key, (found = { figures: { route: labels.route ?? '', method: labels.method ?? '', count: 0, mean: 0, p95: 0, faults: 0 }, sum: 0, buckets: [] }))
    return found
  }
  for (const { name, labels, value } of lines) {
    if (name === 'http_request_seconds_count') at(labels).figures.count = value
    else if (name === 'http_request_seconds_sum') at(labels).sum = value
    else if (name === 'http_request_seconds_bucket') at(labels).buckets.push([labels.le === '+Inf' ? Infinity : Number(labels.le) * 1000, value])
    else if (name === 'http_requests_total' && labels.status?.startsWith('5')) at(labels).figures.faults += value
  }
  return [...routes.values()]
    .map(({ figures, sum, buckets }) => {
      figures.mean = figures.count ? (sum / figures.count) * 1000 : 0
      const sorted = buckets.sort((a, b) => a[0] - b[0])
      figures.p95 = sorted.find(([, n]) => n >= figures.count * 0.95)?.[0] ?? Infinity
      return figures
    })
    .filter((figures) => figures.count > 0)
    .sort((a, b) => b.count - a.count)
}
