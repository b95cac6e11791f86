-- title: cases of one account
-- older versions cannot run: no
--
-- A claim is compared with the claims of every case of its survivor, and these cases are found by the account.

create index {concurrently} benefit_account_of on benefit_account (account)
