import { createRoot } from 'react-dom/client'
import { EditorPreview } from './editor-preview.jsx'
import './preview.css'

document.documentElement.dataset['theme'] = new URLSearchParams(location.search).get('theme') ?? 'light'
createRoot(document.getElementById('root')).render(<EditorPreview />)
