"""The container of a model's services, which maps interfaces to implementations."""

from __future__ import annotations

import builtins
import inspect
import typing
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import punq

from smashcima.errors import ServiceError
from smashcima.short_repr import ShortRepr

T = TypeVar("T")


class MissingServiceError(ServiceError, punq.MissingDependencyError):
    """A requested service, or a constructor argument of one, is not registered."""


class MissingInterfaceBindingTargetError(ServiceError):
    """The concrete type to which an interface is bound is not registered."""


class Container(ShortRepr):
    """Holds services as singletons, which are built when first resolved; a thin wrapper around `punq`.

    Constructor arguments of a service are resolved by their annotations, which must be importable at run time
    (not only under `TYPE_CHECKING`). A later registration of the same type replaces an earlier one. Services that
    were built with the earlier one keep it, so register all services before resolving any.
    """

    def __init__(self) -> None:
        self._services = _Services()
        self._registered: dict[Any, None] = {}
        self._bindings: dict[Any, Any] = {}
        """Concrete types by the interfaces that are bound to them."""
        self._building: list[Any] = []
        """The services being built, each as a dependency of the previous one."""
        # Services may ask for the container; it is not one of those that a model registers.
        self._services.register(Container, factory=lambda: self, cache=False)

    def instance(self, service: builtins.type[T], instance: T) -> None:
        """Registers an existing object."""
        self._services.register(service, instance=instance)
        self._note(service)
        self._services.built[service] = instance

    def type(self, service: builtins.type[Any]) -> None:
        """Registers a concrete type, to be built when first resolved."""
        self.factory(service, lambda: self.build(service))

    def factory(self, service: Callable[..., T], factory: Callable[..., T]) -> None:
        """Registers a function that builds the service when first resolved.

        Arguments of the function are resolved by their annotations.
        """
        self._services.register(
            service,
            factory=lambda: self._made(service, lambda: self._called(factory)),
            scope=punq.Scope.singleton,
        )
        self._note(service)

    def per_service(self, service: Callable[..., T], factory: Callable[[str], T]) -> None:
        """Registers a function that makes one object for each service that depends on this one.

        The function receives the class name of the service being built, also if the factory of that service resolves
        this one; the name is empty if no service is being built.
        """
        self._services.register(service, factory=lambda: factory(self._asking), cache=False)
        self._note(service)

    def interface(
        self,
        abstract: builtins.type[Any],
        concrete: builtins.type[Any] | Callable[..., Any],
        register_impl: bool = False,
    ) -> None:
        """Binds an abstract type to a concrete one, which `register_impl=True` also registers, or to a factory.

        Resolving either type gives the same object.

        Raises:
            MissingInterfaceBindingTargetError: the concrete type is not registered.
        """
        if not isinstance(concrete, type):
            self.factory(abstract, concrete)
            return
        if register_impl:
            self.type(concrete)
        if not self.has(concrete):
            raise MissingInterfaceBindingTargetError(
                f"Cannot bind {abstract.__name__} to {concrete.__name__}, which is not registered. "
                f"Call container.type({concrete.__name__}) first, or pass register_impl=True."
            )
        self._services.register(abstract, factory=lambda: self.resolve(concrete))
        self._note(abstract)
        self._bindings[abstract] = concrete

    def has(self, service: Callable[..., Any]) -> bool:
        """Whether a service is registered under this type."""
        return service in self._registered

    def registered(self) -> tuple[Any, ...]:
        """All registered types, in the order of registration."""
        return tuple(self._registered)

    @property
    def registered_types(self) -> list[Any]:
        """Same as `registered`."""
        return list(self._registered)

    def built(self) -> dict[Any, Any]:
        """The services built so far by the registered type, in the order of registration."""
        return {key: self._services.built[key] for key in self._registered if key in self._services.built}

    def interface_of(self, service: Any) -> Any:
        """The interface that is bound to a type, or the type itself if there is none."""
        return next(
            (abstract for abstract, concrete in self._bindings.items() if concrete is service), service
        )

    def _note(self, service: Any) -> None:
        self._registered[service] = None
        self._bindings.pop(service, None)
        self._services.built.pop(service, None)

    def resolve(self, service: Callable[..., T]) -> T:
        """Returns the object of a type, which is built if necessary.

        Raises:
            MissingServiceError: the type, or a dependency of it, is not registered.
            ServiceError: the type depends on itself.
        """
        with self._explained("resolve", service):
            resolved: T = self._services.resolve(service)
            return resolved

    def build(self, service: builtins.type[T], **given: Any) -> T:
        """Builds a new object of a type, which need not be registered; missing arguments come from the container."""
        with self._explained("build", service):
            _check_annotations(service, given)
            self._building.append(service)
            try:
                return self._services.instantiate(service, **given)
            finally:
                self._building.pop()

    def _called(self, factory: Callable[..., T]) -> T:
        """The result of a factory, with its arguments from the container."""
        needed = _needed_arguments(factory)
        if not needed:
            return factory()
        _check_annotations(factory, ())
        hints = typing.get_type_hints(factory)
        return factory(**{name: self.resolve(hints[name]) for name in needed})

    def _made(self, service: Callable[..., T], factory: Callable[[], T]) -> T:
        """Calls the factory of a service, and detects cycles."""
        if service in self._building:
            chain = dict.fromkeys(self._building[self._building.index(service) :])
            path = " needs ".join(map(_name, [*chain, service]))
            raise ServiceError(f"Cannot build {_name(service)}, which depends on itself: {path}.")
        self._building.append(service)
        try:
            return factory()
        finally:
            self._building.pop()

    @property
    def _asking(self) -> str:
        return _name(self._building[-1]) if self._building else ""

    @contextmanager
    def _explained(self, verb: str, service: object) -> Iterator[None]:
        """Lists the registered services in the error about a missing one."""
        try:
            yield
        except MissingServiceError:
            raise
        except punq.MissingDependencyError as error:
            known = ", ".join(sorted(_name(key) for key in self._registered))
            raise MissingServiceError(
                f"Cannot {verb} {_name(service)}: {error}. Registered services: {known}."
            ) from error


class _Services(punq.Container):
    """Gives access to the built services, with which models are pickled."""

    def __init__(self) -> None:
        self.built: dict[Any, Any] = {}
        super().__init__()

    def _build_impl(self, registration: Any, resolution_args: dict[str, Any], context: Any) -> Any:
        result = super()._build_impl(registration, resolution_args, context)
        if registration.scope == punq.Scope.singleton:
            self.built[registration.service] = result
        return result


def _needed_arguments(factory: Callable[..., Any]) -> list[str]:
    """Names of the arguments of a factory that have no defaults."""
    try:
        parameters = inspect.signature(factory).parameters.values()
    except (TypeError, ValueError):  # a class or function that is not written in Python
        return []
    kinds = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [each.name for each in parameters if each.default is each.empty and each.kind not in kinds]


def _check_annotations(service: Callable[..., Any], given: Collection[str]) -> None:
    """Raises a `ServiceError` if the constructor has an argument about whose type nothing is known."""
    try:
        parameters = list(inspect.signature(service).parameters.values())
    except (TypeError, ValueError):  # a class that is not written in Python
        return
    for each in parameters:
        is_needed = each.default is each.empty and each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)
        if is_needed and each.annotation is each.empty and each.name not in given:
            raise ServiceError(
                f"Cannot build {_name(service)}: the argument {each.name!r} of its constructor has no annotation, so it is "
                f"not known what to pass. Annotate it with a registered type, such as `{each.name}: "
                f"np.random.Generator`, or register the object: container.instance({_name(service)}, "
                f"{_name(service)}(...))."
            )


def _name(service: object) -> str:
    return getattr(service, "__name__", str(service))
