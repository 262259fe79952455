from xiuhua.platform.database import Tx


def test_tx(tx: Tx) -> None:
    assert tx.execute("select current_user as u").fetchone().u == "xiuhua_app"
    tx.execute("insert into counter values ('x','y',1)")


def test_tx2(tx: Tx) -> None:
    assert tx.execute("select count(*) as n from counter").fetchone().n == 0
