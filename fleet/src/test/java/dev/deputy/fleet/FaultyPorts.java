package dev.deputy.fleet;

import dev.deputy.core.AuditLog;
import dev.deputy.core.LaunchStore;
import dev.deputy.core.Tasks;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports of which one call fails, before or after it took effect. */
final class FaultyPorts {
  private final int failing;
  private final boolean after;
  private final AtomicInteger calls = new AtomicInteger();

  /**
   * @param failing the number of the call that fails, from 1
   * @param after whether it takes effect nevertheless
   */
  FaultyPorts(int failing, boolean after) {
    this.failing = failing;
    this.after = after;
  }

  FleetPorts between(FleetPorts ports) {
    return new FleetPorts(
        faulty(Tasks.class, ports.tasks()),
        ports.identities(),
        faulty(LaunchStore.class, ports.launches()),
        ports.builds(),
        faulty(AuditLog.class, ports.audit()),
        ports.access());
  }

  /** Whether there were that many calls. */
  boolean struck() {
    return calls.get() >= failing;
  }

  private <T> T faulty(Class<T> type, T port) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              boolean fails = calls.incrementAndGet() == failing;
              if (fails && !after) {
                throw new IllegalStateException("fault before " + method.getName());
              }
              try {
                Object result = method.invoke(port, arguments);
                if (fails) {
                  throw new IllegalStateException("fault after " + method.getName());
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            }));
  }
}
