"""The Python of the task manager's document, as printed; only addresses and pauses are put in."""

import asyncio
import json
import sys

import httpx

BASE = sys.argv[1]


async def submit():
    async with httpx.AsyncClient() as client:
        response = await client.post(
            f"{BASE}/api/v1/tasks",
            json={
                "task_name": "image_super_resolution_pipeline",
                "args": [
                    "https://example.com/input.jpg",
                    "https://s3.amazonaws.com/bucket/output.jpg"
                ],
                "sync": False
            }
        )
        result = response.json()
        task_id = result["task_id"]
        return task_id


async def wait_for_task(task_id: str):
    async with httpx.AsyncClient() as client:
        while True:
            response = await client.get(
                f"{BASE}/api/v1/tasks/{task_id}"
            )
            status = response.json()

            if status["state"] in ["SUCCESS", "FAILURE", "TIMEOUT"]:
                return status

            await asyncio.sleep(0.05)


async def synchronous():
    async with httpx.AsyncClient() as client:
        response = await client.post(
            f"{BASE}/api/v1/tasks",
            json={
                "task_name": "image_super_resolution_pipeline",
                "args": ["https://example.com/sync.jpg", "https://example.com/out.jpg"],
                "sync": True  # Block until complete
            }
        )
        result = response.json()["result"]
        return result


async def asynchronous(image_urls, upload_url):
    async with httpx.AsyncClient() as client:
        # Submit many tasks
        task_ids = []
        for image_url in image_urls:
            response = await client.post(
                f"{BASE}/api/v1/tasks",
                json={
                    "task_name": "image_super_resolution_pipeline",
                    "args": [image_url, upload_url],
                    "sync": False
                }
            )
            task_ids.append(response.json()["task_id"])

        # Poll for completion
        results = []
        for task_id in task_ids:
            status = await wait_for_task(task_id)
            results.append(status["result"])
        return results


def get_upload_url(url):
    return url + "-enlarged"


async def process_batch(image_urls: list):
    async with httpx.AsyncClient() as client:
        # Submit all tasks
        tasks = [
            client.post(
                f"{BASE}/api/v1/tasks",
                json={
                    "task_name": "image_super_resolution_pipeline",
                    "args": [url, get_upload_url(url)]
                }
            )
            for url in image_urls
        ]
        responses = await asyncio.gather(*tasks)

        # Get task IDs
        task_ids = [r.json()["task_id"] for r in responses]

        # Wait for all
        statuses = await asyncio.gather(*[
            wait_for_task(tid) for tid in task_ids
        ])

        return statuses


async def main():
    task_id = await submit()
    urls = [f"https://example.com/{n}.jpg" for n in range(6)]
    print(json.dumps({
        "polled": await wait_for_task(task_id),
        "synchronous": await synchronous(),
        "asynchronous": await asynchronous(urls, "https://example.com/all"),
        "batch": await process_batch(urls),
    }))


asyncio.run(main())
