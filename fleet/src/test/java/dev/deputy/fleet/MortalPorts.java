package dev.deputy.fleet;

import dev.deputy.core.AuditLog;
import dev.deputy.core.LaunchStore;
import dev.deputy.core.Tasks;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.locks.LockSupport;

/**
 * Ports of a process that can be killed: from then on no call has an effect, and none returns. A
 * call that is under way may still take effect.
 */
final class MortalPorts {
  private volatile boolean dead;

  void kill() {
    dead = true;
  }

  FleetPorts between(FleetPorts ports) {
    return new FleetPorts(
        mortal(Tasks.class, ports.tasks()),
        ports.identities(),
        mortal(LaunchStore.class, ports.launches()),
        ports.builds(),
        mortal(AuditLog.class, ports.audit()),
        ports.access());
  }

  private <T> T mortal(Class<T> type, T port) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              endHereIfDead();
              try {
                Object result = method.invoke(port, arguments);
                endHereIfDead();
                return result;
              } catch (InvocationTargetException e) {
                endHereIfDead();
                throw e.getCause() == null ? e : e.getCause();
              }
            }));
  }

  private void endHereIfDead() {
    while (dead) {
      LockSupport.park(this);
    }
  }
}
