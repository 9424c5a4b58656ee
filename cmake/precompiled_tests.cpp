// Nothing: the header beside this file is precompiled with it.
