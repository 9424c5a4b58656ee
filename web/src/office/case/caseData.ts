// Everything about one case that its pages show, read together and kept up to date.
import { onBeforeUnmount, shallowRef, type Ref } from 'vue'
import { api, ask, type Schemas } from '@/shared/api'
import { t } from '@/shared/language'
import { wordsOf, type Words } from '../definitions'
import { learnNames, onLive } from '../state'
import { useLoad } from '../ui/load'

export type CaseView = Schemas['CaseView']
export type RecordView = Schemas['RecordView']

export async function allRecords(id: number, most = 400): Promise<RecordView[]> {
  const records: RecordView[] = []
  let after: number | undefined
  do {
    const page = await ask(api.GET('/cases/{id}/records', { params: { path: { id }, query: { limit: 200, after } } }))
    records.push(...page.items)
    learnNames(page.names, page.roles, page.units)
    after = page.next
  } while (after !== undefined && records.length < most)
  return records
}

export function useCase(id: Ref<number | null>) {
  const words = shallowRef<Words | null>(null)
  const loaded = useLoad(() => {
    const wanted = id.value
    if (wanted === null) return null
    const params = { params: { path: { id: wanted } } }
    return Promise.all([ask(api.GET('/cases/{id}', params)), allRecords(wanted)]).then(async ([view, records]) => {
      // The log has digests of comments; what they say is read beside it.
      const comments = new Map<number, string>()
      if (records.some((record) => record.kind === 'comment')) {
        const found = await ask(api.GET('/cases/{id}/comments', params)).catch(() => null)
        for (const comment of found?.items ?? []) comments.set(comment.position, comment.text ?? t('（已依法删除）', '(erased)'))
      }
      // With them, so that nobody sees ids where names will be.
      words.value = await wordsOf(view.model).catch(() => words.value)
      return { view, records, comments }
    })
  }, id)
  const stop = onLive('case', (event) => {
    if (event.id === id.value && event.version !== loaded.data.value?.view.version) void loaded.load()
  })
  onBeforeUnmount(stop)
  return { ...loaded, words }
}
