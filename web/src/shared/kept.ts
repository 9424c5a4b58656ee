// What a browser keeps for its person: settings and drafts. A browser that keeps nothing (private mode, full)
// costs convenience, never the page.

export function kept(name: string): string | null {
  try {
    return localStorage.getItem('jinyue.' + name)
  } catch {
    return null
  }
}

export function keep(name: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem('jinyue.' + name)
    else localStorage.setItem('jinyue.' + name, value)
    return true
  } catch {
    return false
  }
}

export function keptJson<T>(name: string): T | null {
  try {
    return JSON.parse(kept(name) ?? 'null') as T | null
  } catch {
    return null
  }
}

export const keepJson = (name: string, value: unknown) =>
  keep(name, value === null || value === undefined ? null : JSON.stringify(value))
