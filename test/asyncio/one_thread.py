# asyncio with the library's own event loop: gather, queues, tasks, timeouts, groups, locks.
import asyncio


async def later(value, delay=0.0):
    await asyncio.sleep(delay)
    return value


async def queues():
    queue = asyncio.Queue(maxsize=2)

    async def produce():
        for i in range(6):
            await queue.put(i)
        await queue.put(None)

    async def consume():
        found = []
        while (item := await queue.get()) is not None:
            found.append(item)
        return found

    producer = asyncio.create_task(produce())
    print(await consume(), queue.empty())
    await producer


async def timeouts():
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(30)
    except TimeoutError as e:
        print("timeout", type(e.__cause__).__name__)
    try:
        await asyncio.wait_for(asyncio.sleep(30), 0.01)
    except TimeoutError:
        print("wait_for")


async def groups():
    async def fails(kind):
        await asyncio.sleep(0)
        raise kind("failed")

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(later(i)) for i in range(3)]
    print([task.result() for task in tasks])
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fails(ValueError))
            group.create_task(fails(KeyError))
            group.create_task(later(1, 30))
    except* ValueError as e:
        print("values", e.exceptions)
    except* KeyError as e:
        print("keys", e.exceptions)


async def cancelling():
    async def waits():
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            print("cancelled inside")
            raise
        finally:
            print("cleaned up")

    task = asyncio.create_task(waits())
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", task.cancelled(), task.done())


async def locks():
    lock, order = asyncio.Lock(), []

    async def use(name):
        async with lock:
            order.append(name)
            await asyncio.sleep(0)
            order.append(name)

    await asyncio.gather(*(use(n) for n in "abc"))
    print("".join(order))
    event = asyncio.Event()
    waiting = asyncio.create_task(event.wait())
    asyncio.get_running_loop().call_later(0.005, event.set)
    print(await waiting)


async def iterates():
    async def numbers(n):
        try:
            for i in range(n):
                await asyncio.sleep(0)
                yield i
        finally:
            print("numbers end")

    print([i async for i in numbers(4)])
    total = 0
    async for i in numbers(200):
        total += await later(i)
    print(total)


async def main():
    print(await asyncio.gather(later(1, 0.01), later(2), later(3, 0.005)))
    print(await asyncio.gather(later(1), later(2), return_exceptions=True))
    for part in (queues, timeouts, groups, cancelling, locks, iterates):
        await part()
    done, pending = await asyncio.wait([asyncio.create_task(later(i, i * 5)) for i in range(2)], return_when="FIRST_COMPLETED")
    print(len(done), len(pending))
    for task in pending:
        task.cancel()
    return "done"


print(asyncio.run(main()))
