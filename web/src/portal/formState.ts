// What somebody fills in at the portal: kept in this browser until it was sent, whatever happens to the phone; checked
// here first, and what the server finds wrong is told at its field.
import { computed, nextTick, provide, reactive, ref, watch, type Ref } from 'vue'
import { cleaned, isFiles, mistakes, type FormFile } from '@/office/form/schema'
import { newKey } from '@/shared/api'
import { filesKey, useFiles } from '@/shared/files'
import { keepJson, keptJson } from '@/shared/kept'
import { t } from '@/shared/language'
import type { Cause, Refusal } from '@/shared/problem'
import { askedOf, channelOf } from './form'
import { me } from './session'

interface Draft {
  values: Record<string, unknown>
  key: string
}

export function useFormState(draftName: string, form: Ref<FormFile | null>) {
  const found = keptJson<Draft>(draftName)
  const values = reactive<Record<string, unknown>>(found?.values ?? {})
  const key = ref(found?.key ?? newKey())
  const restored = ref(!!found && Object.keys(found.values).length > 0)
  const sources = reactive<Record<string, string>>({})
  const errors = ref<Record<string, string>>({})
  const keptAt = ref(false)
  const over = ref(false)
  const files = useFiles(draftName, () => !!me.value)
  provide(filesKey, files)
  const sections = computed(() => (form.value ? askedOf(form.value) : []))
  const drawn = computed(() => new Set(sections.value.flatMap((section) => section.fields.map((field) => '/' + field.name))))
  const isMany = (field: string) => form.value?.schema.properties[field]?.type === 'array'
  watch(
    values,
    () => {
      if (!over.value) keptAt.value = keepJson(draftName, { values, key: key.value })
    },
    { deep: true },
  )
  watch(
    () => files.items.length,
    (count) => {
      if (count) keptAt.value = true
    },
  )
  // Who has just signed in sends what was chosen before.
  watch(me, (who) => who && files.items.length && void files.sendAll())

  const whole = () => ({ ...channelOf(form.value!), ...values, ...files.answers(isMany) })
  async function showFirst(): Promise<void> {
    await nextTick()
    const first = Object.keys(errors.value)[0]
    if (first) document.getElementById('f-' + first.slice(1).replace(/\/.*/, ''))?.focus()
  }
  return {
    values,
    key,
    restored,
    sources,
    errors,
    keptAt,
    over,
    files,
    sections,
    /** Whether it may be sent as far as this page can tell; else the first mistake is shown. */
    async check(): Promise<boolean> {
      if (!form.value) return false
      errors.value = Object.fromEntries(Object.entries(mistakes(form.value.schema, whole())).filter(([pointer]) => drawn.value.has(pointer)))
      if (!Object.keys(errors.value).length) return true
      await showFirst()
      return false
    },
    /** Sends the files that are still here; what did not go through is told at its field. */
    async sendFiles(): Promise<boolean> {
      if (await files.sendAll()) return true
      for (const item of files.pending()) errors.value = { ...errors.value, ['/' + item.field]: t('“{name}”没有传上去，请重试', '“{name}” could not be sent; try again', { name: item.name }) }
      await showFirst()
      return false
    },
    answers: () => (cleaned(whole()) ?? {}) as Record<string, never>,
    /** Tells a refusal at the fields it is about. */
    async refused(why: Refusal): Promise<void> {
      const told: Record<string, string> = {}
      // Causes point into the answers; what is about the request as a whole points at /answers.
      const tell = (where: string | undefined, what: string) => {
        const pointer = where?.replace(/^\/answers(?=\/)/, '')
        const field = pointer && '/' + (pointer.split('/')[1] ?? '')
        if (pointer && drawn.value.has(pointer)) told[pointer] ??= what
        else if (field && drawn.value.has(field) && isFiles(form.value?.schema.properties[field.slice(1)])) told[field] ??= what
      }
      let lost = false
      const walk = (cause: Cause) => {
        tell(cause.where, cause.title)
        if (cause.code === 'attachment.unknown') lost = true
        cause.causes?.forEach(walk)
      }
      why.causes.forEach(walk)
      tell(why.where, why.message)
      errors.value = told
      if (lost) files.forgetIds() // waited too long at the server: they are here still, and sent again
      if (!why.unreachable) key.value = newKey()
      await showFirst()
    },
    /** It was sent: nothing of it stays here. */
    done(): void {
      over.value = true
      keepJson(draftName, null)
      files.drop()
    },
    forget(): void {
      for (const name of Object.keys(values)) delete values[name]
      keepJson(draftName, null)
      for (const item of [...files.items]) files.remove(item)
      restored.value = false
      key.value = newKey()
    },
  }
}
export type FormState = ReturnType<typeof useFormState>
