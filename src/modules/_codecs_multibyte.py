# _codecs_cn, _codecs_jp and their kin: the codecs of a country, all of which are in _multibytecodec.
from _multibytecodec import getcodec as getcodec
