// How Asio and Beast are compiled. Included before them in every file that uses them: their functions have
// other signatures under other settings, and the linker would not notice.
#pragma once

#define BOOST_ASIO_SEPARATE_COMPILATION
#define BOOST_ASIO_NO_DEPRECATED
#define BOOST_BEAST_SEPARATE_COMPILATION
