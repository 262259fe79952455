from xiuhua.city.calendars import service
def test_x(tx):
    service.install_default_calendars(tx,"330100")
    c=service.load_calendars(tx,"330100")
    print(c.by_code, c.roles)
    import time; t=time.perf_counter(); service.load_calendars(tx,"330100"); print(time.perf_counter()-t)
    service.install_default_calendars(tx,"330100")
    print(tx.execute("select type, payload::text from event").fetchall())
    assert 0
