// What is looked for beside what expectGoodPage() finds, on pages that are only visited.
import type { Page } from 'playwright-core'

/** Which kinds of elements the page is made of: the same ones need not be looked at again. */
export async function kindsOn(page: Page): Promise<Set<string>> {
  return new Set(
    await page.evaluate(() =>
      [...document.querySelectorAll('body *:not(svg *):not(.djs-container *)')].map((e) =>
        [e.tagName, ...[...e.classList].sort(), ...[...e.attributes].filter(({ name }) => /^(role|type|disabled|tabindex|aria-.*)$/.test(name)).map(({ name, value }) => (/^(role|type)$/.test(name) ? `${name}=${value}` : name)).sort()].join(' '),
      ),
    ),
  )
}

/** What answers a mouse only: it looks as if it could be pressed, and the keyboard can't come to it. */
export async function mouseOnly(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const reached = 'a[href],button,input,select,textarea,summary,label,[tabindex]:not([tabindex="-1"])'
    const found = [...document.querySelectorAll<HTMLElement>('body *:not(svg *):not(.djs-container *)')].filter((e) => {
      if (e.tabIndex > 0 || (e.matches('a:not([href]),[role=button]') && !e.matches(reached))) return true
      return getComputedStyle(e).cursor === 'pointer' && e.getClientRects().length > 0 && !e.closest(reached) && !e.closest(':disabled')
    })
    return [...new Set(found.map((e) => e.outerHTML.slice(0, 90)))].slice(0, 5)
  })
}

/** Goes on with the Tab key from the top of the page: where the focus stays, is lost or can't be seen. */
export async function tabbing(page: Page, most = 25): Promise<string[]> {
  await page.evaluate(() => {
    ;(document.activeElement as HTMLElement | null)?.blur()
    window.getSelection()?.removeAllRanges()
    document.body.setAttribute('tabindex', '-1')
    document.body.focus()
    document.body.removeAttribute('tabindex')
  })
  const there = await page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('a[href],button:enabled,input:enabled,select:enabled,textarea:enabled,summary')].filter((e) => e.tabIndex >= 0 && e.getClientRects().length > 0 && e.checkVisibility({ visibilityProperty: true }))
    // Of a group of choices one has the focus.
    return new Set(all.map((e) => ((e as HTMLInputElement).type === 'radio' ? (e as HTMLInputElement).name : e))).size
  })
  const wrong: string[] = []
  for (let i = 0; i < Math.min(most, there - 1); i++) {
    await page.keyboard.press('Tab')
    const said = await page.evaluate(() => {
      const e = document.activeElement as HTMLElement | null
      const w = window as unknown as { lastFocus?: Element | null }
      if (!e || e === document.body) return 'the focus is lost'
      // A date has places of its own for year, month and day.
      if (e === w.lastFocus && !/^(date|time|month|datetime-local)$/.test((e as HTMLInputElement).type)) return `the focus stays: ${e.outerHTML.slice(0, 90)}`
      w.lastFocus = e
      const style = getComputedStyle(e)
      const box = e.getBoundingClientRect()
      // What is drawn over a hidden field has the frame in its place.
      const framed = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || /^(radio|checkbox|file)$/.test((e as HTMLInputElement).type)
      if (!framed) return `the focus can't be seen: ${e.outerHTML.slice(0, 90)}`
      if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) return `the focus is out of sight: ${e.outerHTML.slice(0, 90)}`
      return ''
    })
    if (said) wrong.push(said)
    if (said.startsWith('the focus is lost') || said.startsWith('the focus stays')) break
  }
  return wrong
}

/** Nothing on the page says that it is still being read, and nothing has been asked for a moment. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await page.waitForFunction(async () => {
    const seen = performance.getEntriesByType('resource').length
    await new Promise((resolve) => setTimeout(resolve, 100))
    return !document.querySelector('[aria-busy=true], .skeleton') && performance.getEntriesByType('resource').length === seen
  })
}

/** Another page of the same workbench, as a link leads there. */
export async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
  }, path)
}
