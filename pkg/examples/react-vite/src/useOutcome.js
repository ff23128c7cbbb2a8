// The answer for an address as it is typed: undefined while the core loads, an error where it cannot.

import { useEffect, useState } from 'react';
import { load } from 'taintwatch';

/** Loaded once, for all forms. */
const loading = load();

export function useOutcome(address) {
  const [state, setState] = useState({});
  useEffect(() => {
    let isCurrent = true;
    loading.then(
      (taintwatch) => isCurrent && setState({ outcome: address.trim() ? taintwatch.screen(address) : null }),
      (error) => isCurrent && setState({ error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [address]);
  return state;
}
