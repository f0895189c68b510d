import { createContext, type ReactNode, useContext } from 'react';
import type { AppConfig } from '../../ui/config.ts';
import type { Session, SignedInPerson } from '../../ui/session/session.ts';

/** Who works at the console, and where. */
export interface Operator extends SignedInPerson {
  readonly role: 'System admin' | 'Customer support';
  /** Others only read; the API holds to it, whatever is shown here. */
  readonly mayChange: boolean;
  readonly config: AppConfig;
  readonly session: Session;
  signOut(): void;
}

const OperatorContext = createContext<Operator | undefined>(undefined);

export interface OperatorProviderProps extends Pick<Operator, 'config' | 'session' | 'signOut'> {
  readonly person: SignedInPerson;
  readonly children: ReactNode;
}

export function OperatorProvider({ person, children, ...place }: OperatorProviderProps) {
  const mayChange = person.groups.includes('SystemAdmin');
  const role = mayChange ? 'System admin' : 'Customer support';
  return <OperatorContext value={{ ...person, ...place, mayChange, role }}>{children}</OperatorContext>;
}

export function useOperator(): Operator {
  const operator = useContext(OperatorContext);
  if (!operator) throw new Error('There is no OperatorProvider above this component');
  return operator;
}

/** Why a customer supporter cannot press a button. */
export const readOnlyReason = 'Your role reads only; a system admin can do this.';
