import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Withdraw } from './Withdraw.jsx';

createRoot(document.getElementById('root')).render(<StrictMode><Withdraw /></StrictMode>);
