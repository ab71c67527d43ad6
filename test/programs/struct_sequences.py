# Struct sequences: their constructor, and the operators of tuples on them.
import time, os
t=time.struct_time
def r(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
r(lambda: t("123456789", dict=None))
r(lambda: t("123456789", dict={'tm_zone':'x','tm_year':1}))
r(lambda: t("123456789", dict={'tm_zone':'x','zork':1}))
r(lambda: t("1234567890", dict={'tm_zone':'x'}))
r(lambda: t("12345678901", dict={'tm_gmtoff':'x'}))
r(lambda: os.stat_result(range(10), dict={'st_atime':1}).st_atime)
r(lambda: os.stat_result(range(10), dict={'st_atimeq':1}).st_atime)
r(lambda: os.stat_result(range(10), dict={'st_mode':1}).st_atime)
r(lambda: t("123456789", {1:2}))
x=t("123456789")
r(lambda: x+(1,)); r(lambda: (x*2)[:3]); r(lambda: type(x*2)); r(lambda: x+[1]); r(lambda: x*'a'); r(lambda: x+x); r(lambda:(1,)+x); r(lambda:2*x)
