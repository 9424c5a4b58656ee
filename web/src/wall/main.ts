import '@/shared/tokens.css'
import '@/shared/base.css'
import { createApp, h } from 'vue'
createApp({ render: () => h('main', '运行态势') }).mount('#app')
